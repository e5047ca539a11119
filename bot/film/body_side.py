"""The figure seen from the side is drawn: far limbs pale and behind, near limbs with a thin edge."""

from itertools import pairwise

from bot.film.canvas import Bead, Canvas
from bot.film.geometry import Joints, Point, along, between, direction
from bot.film.head import head_aside
from bot.film.look import ACCENT, EDGE, FAR_SOLE, SOLE, Look
from bot.film.side import BALL_R, HEEL_R, TOE_R

PROFILE = ((0.0, 5.0), (0.2, 4.9), (0.4, 4.8), (0.6, 5.3), (0.8, 5.5), (0.92, 5.0), (1.0, 3.9))
"""Half depth of the trunk by the share of the way from hip to neck."""
HEM = 0.16
ROUND = 1.4


def paint_side(canvas: Canvas, joints: Joints, look: Look, belly: float) -> None:
    """Draw the figure."""
    _arm(canvas, joints, look, 1)
    _leg(canvas, joints, look, 1)
    canvas.limb([(joints["chest"], 2.9), (joints["skull"], 2.5)], look.fill("neck", "skin"))
    head_aside(canvas, joints, accent=look.has("head"))
    _pelvis(canvas, joints, look)
    _leg(canvas, joints, look, 0)
    _trunk(canvas, joints, look, belly)
    _arm(canvas, joints, look, 0)
    if look.has("hand", 1):  # else the other hand would hide the one that it is all about
        canvas.limb(_palm(joints, 1), EDGE, EDGE)
        canvas.limb(_palm(joints, 1), look.fill("hand", "skin", 1, far=True))


def spine(joints: Joints, share: float) -> Point:
    """Return a point of the back's curve, 0 at the hip and 1 at the neck."""
    hip, waist, chest = joints["hip"], joints["waist"], joints["chest"]
    bulge = (2 * waist[0] - (hip[0] + chest[0]) / 2, 2 * waist[1] - (hip[1] + chest[1]) / 2)
    middle = between(waist, bulge, 0.6)
    return between(between(hip, middle, share), between(middle, chest, share), share)


def _pelvis(canvas: Canvas, joints: Joints, look: Look) -> None:
    top = spine(joints, HEM + 0.05)
    canvas.limb([(joints["hip"], 5.3), (top, 5.0)], look.fill("pelvis", "legs"))


def _trunk(canvas: Canvas, joints: Joints, look: Look, belly: float) -> None:
    front: list[Point] = []
    back: list[Point] = []
    for step in range(21):
        share = HEM + (1 - HEM) * step / 20
        point, ahead = spine(joints, share), spine(joints, share + 0.01)
        along_back = direction(point, ahead)
        out = belly * 4.0 * max(0.0, 1 - abs(share - 0.36) / 0.3) ** 0.7
        front.append(along(point, _half(share) - ROUND + out, along_back - 90))
        back.append(along(point, _half(share) - ROUND, along_back + 90))
    fill = look.fill("trunk", "top")
    canvas.plate([*front, *reversed(back)], ROUND, fill)
    if look.has("belly"):
        inside = [between(ahead, behind, 0.45) for ahead, behind in zip(front, back, strict=True)]
        canvas.plate([*front[1:12], *reversed(inside[2:11])], ROUND, ACCENT)
    if look.has("shoulders"):
        canvas.limb([(spine(joints, 0.82), 4.6), (spine(joints, 0.92), 4.4)], ACCENT)


def _half(share: float) -> float:
    share = min(share, 1.0)
    pairs = pairwise(PROFILE)
    (low, small), (high, big) = next(pair for pair in pairs if share <= pair[1][0])
    return small + (big - small) * (share - low) / (high - low)


def _arm(canvas: Canvas, joints: Joints, look: Look, side: int) -> None:
    far = bool(side)
    shoulder, elbow = joints[f"shoulder{side}"], joints[f"elbow{side}"]
    wrist = joints[f"wrist{side}"]
    sleeve = look.fill("arm", "top", side, far=far)
    fore = sleeve if look.has("arm", side) else look.fill("forearm", "skin", side, far=far)
    hand = look.fill("hand", "skin", side, far=far)
    upper: list[Bead] = [(shoulder, 3.4), (elbow, 2.6)]
    lower: list[Bead] = [(elbow, 2.35), (wrist, 1.75)]
    palm = _palm(joints, side)
    if not far:
        for beads in ([(between(shoulder, elbow, 0.35), 3.1), upper[1]], lower, palm):
            canvas.limb(beads, EDGE, EDGE)
    canvas.limb(palm, hand)
    canvas.limb(lower, fore)
    canvas.limb(upper, sleeve)


def _palm(joints: Joints, side: int) -> list[Bead]:
    wrist, tip = joints[f"wrist{side}"], joints[f"tip{side}"]
    return [(wrist, 1.7), (between(wrist, tip, 0.55), 1.95), (tip, 1.3)]


def _leg(canvas: Canvas, joints: Joints, look: Look, side: int) -> None:
    far = bool(side)
    hip, knee, ankle = joints["hip"], joints[f"knee{side}"], joints[f"ankle{side}"]
    heel, ball, toe = joints[f"heel{side}"], joints[f"ball{side}"], joints[f"toe{side}"]
    cloth = look.fill("thigh", "legs", side, far=far)
    shin = look.fill("shin", "legs", side, far=far)
    shoe = look.fill("foot", "shoe", side, far=far)
    thigh: list[Bead] = [(hip, 5.1), (knee, 3.5)]
    lower: list[Bead] = [(knee, 3.4), (ankle, 2.2)]
    sole = FAR_SOLE if far else SOLE
    if not far:
        for beads in ([(between(hip, knee, 0.35), 4.5), thigh[1]], lower):
            canvas.limb(beads, EDGE, EDGE)
    canvas.limb([(ankle, 2.0), (between(heel, ball, 0.15), 1.6)], shoe)
    canvas.limb([(heel, HEEL_R), (ball, BALL_R), (toe, TOE_R)], sole)
    top = [along(p, 0.75, direction(heel, ball) + 90) for p in (heel, ball)] + [
        along(toe, 0.7, direction(ball, toe) + 90)
    ]
    canvas.limb([(top[0], HEEL_R - 0.2), (top[1], BALL_R - 0.1), (top[2], TOE_R - 0.1)], shoe)
    canvas.limb(lower, shin)
    canvas.limb(thigh, cloth)
