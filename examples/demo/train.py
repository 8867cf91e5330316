#!/usr/bin/env python3
"""Train the demo network: a small 2s-AGCN without graph C, on animated skeletons.

    python3 train.py            train, then write every file of the demo
    python3 train.py --check    reload the files, recompute, compare

Needs numpy and PyTorch (1.13 or newer).  A few minutes on one core.
"""
import argparse
import os
import sys

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

V, T, M = 25, 32, 1
BLOCKS = [(16, 1), (16, 1), (32, 2)]     # output channels, temporal stride
CLASSES = ["wave", "clap", "squat", "kick", "jumping_jack", "walk"]
TRAIN_PER_CLASS = 240
HELD_OUT_PER_CLASS = 100
SHIPPED_PER_CLASS = 4
SEED_TRAIN, SEED_HELD_OUT, SEED_NET, SEED_ORDER = 11, 22, 33, 44
EPOCHS, BATCH, LR, WEIGHT_DECAY = 16, 36, 0.05, 1e-4

# ---------------------------------------------------------------------------
# The NTU RGB+D skeleton: (joint, its neighbour towards the centre), 1-based
# as the data set numbers them.  Joint 21, between the shoulders, is the centre.
# ---------------------------------------------------------------------------
NTU_INWARD = [(1, 2), (2, 21), (3, 21), (4, 3),                     # trunk, head
              (5, 21), (6, 5), (7, 6), (8, 7), (22, 23), (23, 8),   # left arm
              (9, 21), (10, 9), (11, 10), (12, 11), (24, 25), (25, 12),
              (13, 1), (14, 13), (15, 14), (16, 15),                # left leg
              (17, 1), (18, 17), (19, 18), (20, 19)]


def skeleton_graph():
    """A[k, v, w]: identity, inward and outward links, each column summing to 1 or 0."""
    A = np.zeros((3, V, V))
    A[0] = np.eye(V)
    for joint, centreward in NTU_INWARD:
        A[1, centreward - 1, joint - 1] = 1
        A[2, joint - 1, centreward - 1] = 1
    column = A.sum(axis=1, keepdims=True)
    # A leaf has no incoming link in one partition: its empty column stays zero.
    return np.divide(A, column, out=np.zeros_like(A), where=column > 0)


# ---------------------------------------------------------------------------
# Animation.  Body frame: y up, z where the person looks, x the person's left.
# Angles are radians, one value per frame; side is +1 for left, -1 for right.
# ---------------------------------------------------------------------------
L, R = +1, -1
# (shoulder, elbow, wrist, hand, tip, thumb) and (hip, knee, ankle, foot), 0-based
ARM = {L: (4, 5, 6, 7, 21, 22), R: (8, 9, 10, 11, 23, 24)}
LEG = {L: (12, 13, 14, 15), R: (16, 17, 18, 19)}
PELVIS, MID_SPINE, NECK, HEAD, CHEST = 0, 1, 2, 3, 20


def rot(axis, angle):
    """Rotation matrices [len(angle), 3, 3] about coordinate axis 0, 1 or 2."""
    angle = np.atleast_1d(angle)
    m = np.zeros((len(angle), 3, 3))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    m[:, axis, axis] = 1
    m[:, i, i] = m[:, j, j] = np.cos(angle)
    m[:, j, i] = np.sin(angle)
    m[:, i, j] = -m[:, j, i]
    return m


def deg(x):
    return np.deg2rad(x)


class Body:
    """Segment lengths of one person (metres)."""

    def __init__(self, rng):
        h = rng.uniform(1.50, 1.95)

        def part(fraction):
            return h * fraction * rng.normal(1, 0.04)
        self.spine = part(0.14), part(0.15)     # pelvis to mid spine to chest
        self.neck, self.head = part(0.05), part(0.09)
        self.shoulder, self.drop = part(0.11), part(0.02)
        self.upper_arm, self.forearm = part(0.17), part(0.145)
        self.palm, self.tip = part(0.045), part(0.045)
        self.hip, self.thigh, self.shin = part(0.052), part(0.24), part(0.235)
        self.foot = part(0.07)


class Pose:
    """Joint angles over time; everything starts from a person standing still."""

    def __init__(self, rng, t):
        self.t = t

        def idle(scale):
            # Nobody stands like a statue: a personal posture plus slow sway.
            return deg(scale) * (rng.normal() + 0.4 * rng.normal() * np.sin(
                2 * np.pi * rng.uniform(0.2, 0.6) * t + rng.uniform(0, 2 * np.pi)))
        self.lean, self.side_bend, self.turn = idle(3), idle(2), idle(3)
        self.nod = idle(5)
        self.jump = np.zeros_like(t)
        self.arm, self.leg = {}, {}
        for s in (L, R):
            self.arm[s] = dict(flex=idle(6), abduct=deg(8) + np.abs(idle(4)), open=idle(2),
                               twist=idle(6), elbow=deg(12) + np.abs(idle(8)))
            self.leg[s] = dict(flex=idle(2), abduct=deg(3) + idle(2),
                               knee=deg(3) + np.abs(idle(2)), ankle=idle(2))


def arm_rotation(a, s):
    # The outermost turn is about the vertical, so "open" sweeps a raised arm sideways.
    return (rot(1, s * a["open"]) @ rot(2, s * a["abduct"])
            @ rot(0, -a["flex"]) @ rot(1, s * a["twist"]))


def forward_kinematics(body, pose):
    """Joint positions [T, 25, 3], feet on the ground unless the pose jumps."""
    n = len(pose.t)
    p = np.zeros((n, V, 3))

    def along(frame, vector):
        return frame @ np.asarray(vector, dtype=float)

    pelvis = np.broadcast_to(np.eye(3), (n, 3, 3))
    trunk = rot(1, pose.turn) @ rot(0, pose.lean) @ rot(2, pose.side_bend)
    p[:, MID_SPINE] = p[:, PELVIS] + along(trunk, (0, body.spine[0], 0))
    p[:, CHEST] = p[:, MID_SPINE] + along(trunk, (0, body.spine[1], 0))
    p[:, NECK] = p[:, CHEST] + along(trunk, (0, body.neck, 0))
    p[:, HEAD] = p[:, NECK] + along(trunk @ rot(0, pose.nod), (0, body.head, 0.02))
    for s in (L, R):
        shoulder, elbow, wrist, hand, tip, thumb = ARM[s]
        upper = trunk @ arm_rotation(pose.arm[s], s)
        fore = upper @ rot(0, -pose.arm[s]["elbow"])
        p[:, shoulder] = p[:, CHEST] + along(trunk, (s * body.shoulder, -body.drop, 0))
        p[:, elbow] = p[:, shoulder] + along(upper, (0, -body.upper_arm, 0))
        p[:, wrist] = p[:, elbow] + along(fore, (0, -body.forearm, 0))
        p[:, hand] = p[:, wrist] + along(fore, (0, -body.palm, 0))
        p[:, tip] = p[:, hand] + along(fore, (0, -body.tip, 0))
        p[:, thumb] = p[:, hand] + along(fore, (-s * 0.01, -0.3 * body.tip, 0.7 * body.tip))

        hip, knee, ankle, foot = LEG[s]
        g = pose.leg[s]
        thigh = pelvis @ rot(2, s * g["abduct"]) @ rot(0, -g["flex"])
        shin = thigh @ rot(0, g["knee"])
        sole = shin @ rot(0, -g["ankle"])
        p[:, hip] = p[:, PELVIS] + along(pelvis, (s * body.hip, -0.03, 0))
        p[:, knee] = p[:, hip] + along(thigh, (0, -body.thigh, 0))
        p[:, ankle] = p[:, knee] + along(shin, (0, -body.shin, 0))
        p[:, foot] = p[:, ankle] + along(sole, (0, -0.05, body.foot))

    # The pelvis was the origin so far; the world is where the feet hold on.
    # The lower foot carries the weight and does not slide, which moves the
    # pelvis: down in a squat, forward in a walk, back and forth in a kick.
    ankles = p[:, [LEG[L][2], LEG[R][2]]]
    ground = ankles[:, :, 1].min(axis=1)
    weight = np.exp(-(ankles[:, :, 1] - ground[:, None]) / 0.02)
    weight /= weight.sum(axis=1, keepdims=True)
    slide = (weight[:-1, :, None] * np.diff(ankles, axis=0)).sum(axis=1)
    root = np.zeros((n, 3))
    root[1:] = -np.cumsum(slide, axis=0)
    root[:, 1] = pose.jump - ground
    return p + root[:, None]


def cycle(rng, t, low, high):
    """Phase of a repeated movement with a random rate (Hz) and a random start."""
    return 2 * np.pi * rng.uniform(low, high) * t + rng.uniform(0, 2 * np.pi)


def pulse(phase):
    """0 at rest, 1 at the far point, smooth, once per turn."""
    return 0.5 - 0.5 * np.cos(phase)


def wave(rng, t, pose, body):
    # Upper arm out to the right, forearm up: twisting the humerus outwards
    # turns the elbow hinge so that the hand swings in the frontal plane.
    a = pose.arm[R]
    phase = cycle(rng, t, 1.0, 2.2)
    a["abduct"] = deg(rng.uniform(50, 105)) + deg(4) * np.sin(phase)
    a["twist"] = a["twist"] + deg(rng.uniform(70, 100))
    a["elbow"] = deg(rng.uniform(70, 105)) + deg(rng.uniform(15, 38)) * np.sin(phase)


def clap(rng, t, pose, body):
    phase = cycle(rng, t, 0.8, 2.2)
    flex, twist, bend = deg(rng.uniform(30, 75)), deg(rng.uniform(-55, -25)), deg(rng.uniform(45, 85))
    swing = deg(rng.uniform(18, 50))
    for s in (L, R):
        a = pose.arm[s]
        a.update(flex=np.full_like(t, flex), twist=np.full_like(t, twist),
                 elbow=np.full_like(t, bend), abduct=np.full_like(t, deg(8)),
                 open=np.zeros_like(t))
        # The palms have to meet whatever the arm lengths are: solve for the
        # opening at which the hand is 3 cm from the body's midline.
        upper = arm_rotation(a, s)[0]
        hand = upper @ (np.array([0, -body.upper_arm, 0])
                        + rot(0, -bend)[0] @ np.array([0, -body.forearm - body.palm, 0]))
        reach = np.hypot(hand[0], hand[2])
        closed = (np.arcsin(np.clip((0.03 - body.shoulder) / reach, -1, 1))
                  - np.arctan2(s * hand[0], hand[2]))
        a["open"] = closed + swing * pulse(phase)


def squat(rng, t, pose, body):
    depth = pulse(cycle(rng, t, 0.35, 0.8)) * rng.uniform(0.55, 1.0)
    reach = deg(rng.uniform(0, 90))
    pose.lean = pose.lean + deg(rng.uniform(15, 40)) * depth
    for s in (L, R):
        g, a = pose.leg[s], pose.arm[s]
        g["flex"] = g["flex"] + deg(85) * depth
        g["knee"] = g["knee"] + deg(118) * depth
        g["ankle"] = g["ankle"] + deg(33) * depth       # keeps the sole flat
        g["abduct"] = g["abduct"] + deg(6)
        a["flex"] = a["flex"] + reach * depth + pose.lean * 0.5


def kick(rng, t, pose, body):
    # Wind up with a bent knee, then swing through and straighten the leg.
    side = L if rng.random() < 0.5 else R
    phase = cycle(rng, t, 0.45, 0.9)
    size = rng.uniform(0.6, 1.0)
    swing, wind = pulse(phase) ** 1.5, pulse(phase + deg(100)) ** 3
    g = pose.leg[side]
    g["flex"] = g["flex"] + size * (deg(80) * swing - deg(28) * wind)
    g["knee"] = g["knee"] + size * (deg(85) * wind + deg(12) * swing)
    g["ankle"] = g["ankle"] - deg(20) * swing
    pose.leg[-side]["knee"] = pose.leg[-side]["knee"] + deg(8) * swing
    pose.leg[-side]["flex"] = pose.leg[-side]["flex"] + deg(4) * swing
    pose.lean = pose.lean - size * deg(14) * swing
    balance = deg(rng.uniform(5, 30))
    pose.arm[-side]["flex"] = pose.arm[-side]["flex"] + balance * (swing - wind)
    for s in (L, R):
        pose.arm[s]["abduct"] = pose.arm[s]["abduct"] + balance * swing


def jumping_jack(rng, t, pose, body):
    phase = cycle(rng, t, 0.6, 1.3)
    spread = pulse(phase)
    raise_, stride = deg(rng.uniform(95, 165)), deg(rng.uniform(14, 30))
    # Airborne twice a turn, between "closed" and "spread".
    pose.jump = rng.uniform(0.04, 0.14) * np.sin(phase) ** 2
    for s in (L, R):
        pose.arm[s]["abduct"] = pose.arm[s]["abduct"] + raise_ * spread
        pose.leg[s]["abduct"] = pose.leg[s]["abduct"] + stride * spread
        crouch = deg(12) * np.cos(phase) ** 2
        pose.leg[s]["flex"] = pose.leg[s]["flex"] + crouch
        pose.leg[s]["knee"] = pose.leg[s]["knee"] + 2 * crouch


def walk(rng, t, pose, body):
    phase = cycle(rng, t, 0.6, 1.15)
    stride, swing = deg(rng.uniform(15, 30)), deg(rng.uniform(8, 32))
    lift = deg(rng.uniform(35, 60))
    pose.lean = pose.lean + deg(rng.uniform(0, 7))
    pose.turn = pose.turn + deg(5) * np.sin(phase)
    for s in (L, R):
        own = phase + (0 if s == L else np.pi)
        g, a = pose.leg[s], pose.arm[s]
        g["flex"] = g["flex"] + stride * np.sin(own) + deg(4)
        # The knee bends while the leg swings forward.
        g["knee"] = g["knee"] + lift * np.clip(np.cos(own + deg(20)), 0, None) ** 2 + deg(4)
        a["flex"] = a["flex"] - swing * np.sin(own)
        a["elbow"] = a["elbow"] + swing * 0.5 * (1 - np.sin(own))


ACTIONS = dict(wave=wave, clap=clap, squat=squat, kick=kick,
               jumping_jack=jumping_jack, walk=walk)


def animate(rng, name):
    """One clip [3, T, V, M] float32, as a depth camera's body tracker would give it."""
    t = np.arange(T) / rng.uniform(12, 16)      # every second frame of a 30 Hz sensor
    body, pose = Body(rng), Pose(rng, t)
    ACTIONS[name](rng, t, pose, body)
    p = forward_kinematics(body, pose)
    view = rot(0, deg(rng.uniform(-12, 12))) @ rot(1, deg(rng.uniform(-60, 60)))
    p = p @ view[0].T
    p = p + rng.normal(0, rng.uniform(0.004, 0.015), p.shape)
    # Centre on where the spine starts, not on where it is: the body's own
    # travel (steps, hops, sinking) stays visible, and no data_bn channel is
    # constant, which would make its variance, hence its scale, degenerate.
    p = p - p[0, MID_SPINE]
    return p.transpose(2, 0, 1)[..., None].astype(np.float32)


def clips_of(seed, per_class):
    """Classes take turns, so any multiple of 6 clips from the start is balanced."""
    rng = np.random.default_rng(seed)
    labels = np.tile(np.arange(len(CLASSES)), per_class)
    return np.stack([animate(rng, CLASSES[k]) for k in labels]), labels.astype(np.int64)


def mixed_order(labels, seed):
    """Random order in which no two consecutive clips share a class: a result
    left over from the clip before cannot pass for the right one."""
    rng = np.random.default_rng(seed)
    pools = [list(rng.permutation(np.flatnonzero(labels == k))) for k in range(len(CLASSES))]
    order, last = [], -1
    while pools[0]:
        turn = rng.permutation(len(CLASSES))
        if turn[0] == last:
            turn = turn[::-1]
        order += [pools[k].pop() for k in turn]
        last = turn[-1]
    return np.array(order)


# ---------------------------------------------------------------------------
# The network: 2s-AGCN without its data-dependent graph C, under 2s-AGCN's
# own parameter names.  Three narrow blocks, each kind of block once.
# ---------------------------------------------------------------------------
class TemporalUnit(nn.Module):
    def __init__(self, cin, cout, kernel, stride):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, (kernel, 1), (stride, 1), ((kernel - 1) // 2, 0))
        self.bn = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.bn(self.conv(x))


class GraphUnit(nn.Module):
    def __init__(self, cin, cout, A):
        super().__init__()
        # A plain attribute: the fixed graph is not part of the state_dict.
        # Kept in float64 so that a float64 evaluation sees exact thirds.
        self.A = torch.from_numpy(A)
        self.PA = nn.Parameter(torch.full(A.shape, 1e-6))
        self.conv_d = nn.ModuleList(nn.Conv2d(cin, cout, 1) for _ in range(len(A)))
        self.bn = nn.BatchNorm2d(cout)
        if cin != cout:
            self.down = nn.Sequential(nn.Conv2d(cin, cout, 1), nn.BatchNorm2d(cout))
        else:
            self.down = None

    def forward(self, x):
        G = self.A.to(x.dtype) + self.PA
        y = sum(conv(x @ G[k]) for k, conv in enumerate(self.conv_d))
        return F.relu(self.bn(y) + (x if self.down is None else self.down(x)))


class Block(nn.Module):
    def __init__(self, cin, cout, A, stride=1, residual=True):
        super().__init__()
        self.gcn1 = GraphUnit(cin, cout, A)
        self.tcn1 = TemporalUnit(cout, cout, 9, stride)
        self.skip = residual
        self.residual = (TemporalUnit(cin, cout, 1, stride)
                         if residual and (cin != cout or stride != 1) else None)

    def forward(self, x):
        y = self.tcn1(self.gcn1(x))
        if self.skip:
            y = y + (x if self.residual is None else self.residual(x))
        return F.relu(y)


class Net(nn.Module):
    def __init__(self, blocks=BLOCKS, classes=len(CLASSES)):
        super().__init__()
        A = skeleton_graph()
        self.data_bn = nn.BatchNorm1d(M * V * 3)
        self.names, channels = [], 3
        for n, (filters, stride) in enumerate(blocks, 1):
            self.names.append(f"l{n}")
            self.add_module(f"l{n}", Block(channels, filters, A, stride, residual=n > 1))
            channels = filters
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        n, c, t, v, m = x.shape
        x = x.permute(0, 4, 3, 1, 2).contiguous().view(n, m * v * c, t)
        x = self.data_bn(x).view(n, m, v, c, t)
        x = x.permute(0, 1, 3, 4, 2).contiguous().view(n * m, c, t, v)
        for name in self.names:
            x = getattr(self, name)(x)
        return self.fc(x.view(n, m, x.shape[1], -1).mean(3).mean(1))


def train(x, y):
    torch.manual_seed(SEED_NET)
    net = Net()
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    opt = torch.optim.SGD(net.parameters(), LR, momentum=0.9, nesterov=True,
                          weight_decay=WEIGHT_DECAY)
    batches = len(x) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(opt, LR, total_steps=EPOCHS * batches)
    for epoch in range(EPOCHS):
        net.train()
        order, total = torch.randperm(len(x)), 0.0
        for batch in order[:batches * BATCH].view(batches, BATCH):
            # Smoothing keeps the logits of these easy classes from growing
            # without bound, so their margins stay informative.
            loss = F.cross_entropy(net(x[batch]), y[batch], label_smoothing=0.05)
            opt.zero_grad()
            loss.backward()
            opt.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1:2d}  loss {total / batches:.4f}", flush=True)
    return net.eval()


def evaluate(net, x):
    """float64 logits and the share of zeros after each ReLU."""
    net = net.double().eval()
    zeros, hooks = {}, []
    # Both kinds of module end in a ReLU, so their outputs are the features.
    for name, module in net.named_modules():
        if isinstance(module, (GraphUnit, Block)):
            def count(_module, _inputs, y, name=name):
                zeros[name] = (y == 0).double().mean().item()
            hooks.append(module.register_forward_hook(count))
    with torch.no_grad():
        logits = net(torch.from_numpy(x).double()).numpy()
    for hook in hooks:
        hook.remove()
    return logits, zeros


def load(path):
    net = Net()
    net.load_state_dict(torch.load(path, map_location="cpu"))
    return net


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--out", default=here, help="folder of the files (default: this one)")
    ap.add_argument("--check", action="store_true", help="verify the files instead of training")
    args = ap.parse_args()

    # One thread: the order of floating-point sums, hence the result, is fixed.
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    def at(name):
        return os.path.join(args.out, name)

    held_x, held_y = clips_of(SEED_HELD_OUT, HELD_OUT_PER_CLASS)
    if not args.check:
        os.makedirs(args.out, exist_ok=True)
        x, y = clips_of(SEED_TRAIN, TRAIN_PER_CLASS)
        net = train(x, y)
        torch.save(net.state_dict(), at("demo.pt"))
        shipped = SHIPPED_PER_CLASS * len(CLASSES)
        # The first ones of each set, not chosen by how the network does on them.
        order = mixed_order(held_y[:shipped], SEED_ORDER)
        np.save(at("clips.npy"), held_x[order])
        np.save(at("labels.npy"), held_y[order])
        np.save(at("calibration.npy"), x[mixed_order(y[:shipped], SEED_ORDER + 1)])
        np.save(at("logits.npy"), evaluate(net, held_x[order])[0])
        with open(at("classes.txt"), "w", newline="\n") as f:
            f.write("\n".join(CLASSES) + "\n")

    net = load(at("demo.pt"))
    clips, labels = np.load(at("clips.npy")), np.load(at("labels.npy"))
    stored = np.load(at("logits.npy"))
    logits, zeros = evaluate(net, clips)
    print(f"held-out accuracy  {(evaluate(net, held_x)[0].argmax(1) == held_y).mean():.4f}"
          f" on {len(held_y)} clips")
    print(f"shipped clips      {(logits.argmax(1) == labels).sum()} of {len(labels)} right")
    print("zeros after ReLU   " + "  ".join(f"{k} {z:.2f}" for k, z in zeros.items()))
    print(f"stored logits      largest difference {np.abs(logits - stored).max():.2e}")
    return 0 if np.allclose(logits, stored, rtol=0, atol=1e-9) else 1


if __name__ == "__main__":
    sys.exit(main())
