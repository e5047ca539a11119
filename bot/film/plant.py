"""Hands and feet that are brought to a place, and the knee or elbow that bends for it."""

from bot.film.front import SOLE as FRONT_SOLE
from bot.film.geometry import Joints, minus, plus, reached
from bot.film.side import BALL_R, FOREARM, HEEL_R, SHIN, THIGH, TOE_R, UPPER_ARM

PALM = 1.7
"""Half thickness of a hand."""
LIMBS = {"foot": ("ankle", "heel", "ball", "toe"), "hand": ("wrist", "tip")}
"""The joints that go along with what is planted."""


def lowest(joints: Joints, side: str, view: str = "side") -> float:
    """Return the height of the sole's lowest point."""
    if view == "front":
        return joints[f"ankle{side}"][1] - FRONT_SOLE
    spots = (("heel", HEEL_R), ("ball", BALL_R), ("toe", TOE_R))
    return min(joints[f"{name}{side}"][1] - radius for name, radius in spots)


def _height(limb: Joints, part: str) -> float:
    if part == "foot":
        return lowest({f"{name}0": point for name, point in limb.items()}, "0")
    return min(point[1] for point in limb.values()) - PALM


def grounded(limb: Joints, part: str) -> Joints:
    """Return a planted foot exactly on the floor; a hand may lean on something higher."""
    high = _height(limb, part)
    near = part == "foot" or high < PALM * 2
    return {name: minus(point, (0.0, high)) for name, point in limb.items()} if near else limb


def lifted(limb: Joints, part: str) -> Joints:
    """Return a limb that would pass the floor, lying on it."""
    deep = min(_height(limb, part), 0.0)
    return {name: minus(point, (0.0, deep)) for name, point in limb.items()} if deep else limb


def put(joints: Joints, part: str, side: int, limb: Joints) -> None:
    """Bring a hand or foot to its place and bend knee or elbow for it."""
    root, middle, end = (
        ("hip", "knee", "ankle") if part == "foot" else ("shoulder", "elbow", "wrist")
    )
    start = joints["hip" if part == "foot" else f"{root}{side}"]
    bones, bend = ((THIGH, SHIN), 1) if part == "foot" else ((UPPER_ARM, FOREARM), -1)
    if limb[end] == joints[f"{end}{side}"]:
        return
    joints[f"{middle}{side}"], got = reached(start, limb[end], *bones, bend)
    shift = minus(got, limb[end])
    joints.update({f"{name}{side}": plus(point, shift) for name, point in limb.items()})
