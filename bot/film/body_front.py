"""The figure seen from the front, or from above on its back, is drawn."""

from bot.film.canvas import Bead, Canvas
from bot.film.geometry import Joints, Point, along, between, direction, minus, plus
from bot.film.head import head_front
from bot.film.look import ACCENT, EDGE, SEAM, SOLE, Look
from bot.film.pose import Pose

WAIST, HEM = 6.9, 7.4
FINGERS = (-40, -16, 4, 24, 62)
"""Degrees from the palm's direction at which spread fingers point, the thumb last."""


def paint_front(
    canvas: Canvas, joints: Joints, look: Look, pose: Pose, *, seated: bool, last: int
) -> None:
    """Draw the figure; the arm ``last`` lies on top."""
    for side in (0, 1):
        _leg(canvas, joints, look, side, seated=seated)
    _pelvis(canvas, joints, look)
    up = direction(joints["chest"], joints["nape"])
    canvas.limb(
        [(along(joints["chest"], -3, up), 3.1), (joints["skull"], 2.8)], look.fill("neck", "skin")
    )
    _trunk(canvas, joints, look, _angle(pose, "trunk_turn"))
    turn, gaze = _angle(pose, "head_turn"), _angle(pose, "gaze", usual=1.0)
    head_front(canvas, joints, turn, gaze, accent=look.has("head"))
    for side in (1 - last, last):
        _arm(canvas, joints, look, side, _angle(pose, "hand", side))


def paint_legs_last(canvas: Canvas, joints: Joints, look: Look) -> None:
    """Draw legs that lie on top of the body, the lower one first."""
    first = 0 if joints["knee0"][1] > joints["knee1"][1] else 1
    for side in (first, 1 - first):
        _leg(canvas, joints, look, side, seated=False, edge=EDGE)


def _angle(pose: Pose, name: str, side: int = 0, *, usual: float = 0.0) -> float:
    """Return an angle; a body seen from above has the usual one."""
    return pose.angles.get(name, (usual, usual))[side]


def _across(joints: Joints, share: float, half: float, lean: float) -> tuple[Point, Point]:
    middle = between(joints["hip"], joints["waist"], share)
    return along(middle, -half, lean), along(middle, half, lean)


def _trunk(canvas: Canvas, joints: Joints, look: Look, turn: float) -> None:
    rounding = 2.4
    lean = direction(joints["hip"], joints["waist"]) - 90
    chest_lean = direction(joints["waist"], joints["chest"]) - 90
    hem = _across(joints, 0.16, HEM - rounding, lean * 0.3)
    waist = _across(joints, 1.0, WAIST - rounding, (lean + chest_lean) / 2)
    narrow = 1 - abs(turn) / 300
    waist = between(joints["waist"], waist[0], narrow), between(joints["waist"], waist[1], narrow)
    left, right = (between(joints[f"shoulder{s}"], joints["chest"], 0.14) for s in (0, 1))
    neck = [along(joints["chest"], x, chest_lean) for x in (-2.0, 2.0)]
    low = [along(between(p, joints["chest"], 0.2), -9.0, chest_lean + 90) for p in (left, right)]
    corners = [left, neck[0], neck[1], right, low[1], waist[1], hem[1], hem[0], waist[0], low[0]]
    canvas.plate(corners, rounding, look.fill("trunk", "top"))
    centre = along(joints["chest"], 6.0 * turn / 60, chest_lean)
    notch = along(centre, -3.6, chest_lean + 90)
    top = [along(between(joints["chest"], centre, 0.5), x, chest_lean) for x in (-3.0, 3.0)]
    top = [along(point, 3.2, chest_lean + 90) for point in top]
    canvas.plate([*top, notch], 0.4, look.fill("neck", "skin"))
    if look.has("shoulders"):
        for side, middle in ((0, left), (1, right)):
            canvas.limb(
                [(joints[f"shoulder{side}"], 3.5), (between(middle, joints["chest"], 0.55), 2.7)],
                ACCENT,
            )


def _pelvis(canvas: Canvas, joints: Joints, look: Look) -> None:
    left, right = (between(joints["hip"], joints[f"hip{side}"], 0.8) for side in (0, 1))
    up = minus(between(joints["hip"], joints["waist"], 0.22), joints["hip"])
    canvas.plate([left, plus(left, up), plus(right, up), right], 3.1, look.fill("pelvis", "legs"))


def _leg(
    canvas: Canvas, joints: Joints, look: Look, side: int, *, seated: bool, edge: str = ""
) -> None:
    hip, knee, ankle = (joints[f"{name}{side}"] for name in ("hip", "knee", "ankle"))
    ball, toe = joints[f"ball{side}"], joints[f"toe{side}"]
    thigh: list[Bead] = [(hip, 4.3), (knee, 4.5)] if seated else [(hip, 4.5), (knee, 3.4)]
    shin: list[Bead] = [(knee, 3.9 if seated else 3.3), (ankle, 2.3)]
    foot: list[Bead] = [(ball, 1.9), (toe, 1.8)]
    canvas.limb([(plus(p, (0.0, -0.5)), r) for p, r in foot], SOLE)
    canvas.limb(foot, look.fill("foot", "shoe", side))
    canvas.limb(shin, look.fill("shin", "legs", side), edge)
    canvas.limb(thigh, look.fill("thigh", "legs", side), SEAM if seated else edge)


def _arm(canvas: Canvas, joints: Joints, look: Look, side: int, spread: float) -> None:
    shoulder, elbow, wrist, tip = (
        joints[f"{name}{side}"] for name in ("shoulder", "elbow", "wrist", "tip")
    )
    sleeve = look.fill("arm", "top", side)
    fore = sleeve if look.has("arm", side) else look.fill("forearm", "skin", side)
    upper: list[Bead] = [(shoulder, 3.2), (elbow, 2.6)]
    lower: list[Bead] = [(elbow, 2.4), (wrist, 1.8)]
    palm: list[Bead] = [(wrist, 1.7), (between(wrist, tip, 0.6), 2.1)]
    for beads in ([(between(shoulder, elbow, 0.35), 3.0), upper[1]], lower, palm):
        canvas.limb(beads, EDGE, EDGE)
    _hand(canvas, joints, side, spread, look.fill("hand", "skin", side))
    canvas.limb(lower, fore)
    canvas.limb(upper, look.fill("shoulders", "top", side) if look.has("shoulders") else sleeve)


def _hand(canvas: Canvas, joints: Joints, side: int, spread: float, fill: str) -> None:
    wrist, tip = joints[f"wrist{side}"], joints[f"tip{side}"]
    angle, sign = direction(wrist, tip), -1 if side else 1
    palm = between(wrist, tip, 0.55)
    canvas.limb([(wrist, 1.7), (palm, 2.1)], fill)
    if spread < 0.05:
        return canvas.limb([(palm, 2.1), (tip, 1.5)], fill)
    for finger in FINGERS:
        way = angle - sign * finger * (0.4 + 0.6 * spread)
        end = along(palm, 1.4 + 4.4 * spread * (0.8 if finger == FINGERS[-1] else 1), way)
        canvas.limb([(palm, 1.0), (end, 0.75)], fill)
    return None
