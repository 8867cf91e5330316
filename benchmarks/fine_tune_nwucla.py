#!/usr/bin/env python3
"""Fine-tune a pruned ten-block network on NW-UCLA.

    python3 fine_tune_nwucla.py --checkpoint pruned.pt --sequences SEQUENCES.npz --feature-bits 8 --out fine_tuned.pt

SEQUENCES.npz holds x [sequence, frame, 20 joints, 3] as recorded, length, label (0 to 9) and view of each sequence.
Views 1 and 2 train; view 3 is the test split and is not used.  Needs numpy and PyTorch (1.13 or newer).
About ten minutes on two cores.
"""
import argparse
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../examples/demo"))
import fine_tune  # noqa: E402
import train      # noqa: E402

# 2s-AGCN's blocks: output channels, temporal stride.
BLOCKS = [(64, 1)] * 4 + [(128, 2)] + [(128, 1)] * 2 + [(256, 2)] + [(256, 1)] * 2
CLASSES = 10
FRAMES = 32
TEST_VIEW = 3


def on_ntu_joints(sequence):
    """[T, 20, 3] of Kinect 1 on the joints of NTU RGB+D [T, 25, 3], centred on the middle of the spine in the first frame."""
    joints = np.zeros((len(sequence), 25, 3))
    joints[:, :20] = sequence
    joints[:, 2] = (sequence[:, 2] + sequence[:, 3]) / 2    # neck: between the shoulders' centre and the head
    joints[:, 20] = sequence[:, 2]
    joints[:, [21, 22]] = sequence[:, [7]]                  # tip of the hand and thumb: the hand
    joints[:, [23, 24]] = sequence[:, [11]]
    return joints - joints[0, 1]


def augmented(joints, rng):
    """A random crop of 70 to 100 % of the time, resampled to a clip [3, T, V, 1], turned about the vertical and scaled."""
    end = len(joints) - 1
    span = rng.uniform(0.7, 1) * end
    start = rng.uniform(0, end - span)
    t = np.linspace(start, start + span, FRAMES)
    below = np.floor(t).astype(int)
    above = np.minimum(below + 1, end)
    part = (t - below)[:, None, None]
    clip = joints[below] * (1 - part) + joints[above] * part
    turn = train.rot(1, rng.uniform(-0.5, 0.5))[0]
    return (clip @ turn.T * rng.uniform(0.9, 1.1)).transpose(2, 0, 1)[..., None].astype(np.float32)


class AugmentedBatches:
    """Every training sequence once per epoch, in random order; sequences that fill no batch are left out of that epoch."""

    def __init__(self, path, batch, seed=0):
        with np.load(path) as file:
            views, lengths, labels, x = file["view"], file["length"], file["label"], file["x"]
        chosen = np.flatnonzero(views != TEST_VIEW)
        self.sequences = [on_ntu_joints(x[n, :lengths[n]]) for n in chosen]
        self.labels = labels[chosen]
        self.batch, self.rng = batch, np.random.default_rng(seed)

    def __len__(self):
        return len(self.sequences) // self.batch

    def __iter__(self):
        order = self.rng.permutation(len(self.sequences))
        for rows in order[:len(self) * self.batch].reshape(len(self), self.batch):
            clips = np.stack([augmented(self.sequences[n], self.rng) for n in rows])
            yield torch.from_numpy(clips), torch.from_numpy(self.labels[rows])


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--checkpoint", required=True, help="the network, .pt")
    ap.add_argument("--masks", help="masks.npz of hypgcn prune (default: the network is pruned, its zeros are its masks)")
    ap.add_argument("--sequences", required=True, help="the recorded sequences, .npz")
    ap.add_argument("--out", required=True, help="the fine-tuned checkpoint, .pt")
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--lr", type=float, default=0.01)
    ap.add_argument("--batch", type=int, default=32)
    ap.add_argument("--feature-bits", type=int, help="train with features of so many bits (default: floating point)")
    args = ap.parse_args()

    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    net = train.Net(BLOCKS, CLASSES)
    net.load_state_dict(torch.load(args.checkpoint, map_location="cpu"))
    masks = fine_tune.load_masks(args.masks, net) if args.masks else fine_tune.masks_of_zeros(net)
    hooks = fine_tune.round_features(net, args.feature_bits) if args.feature_bits else []
    fine_tune.fine_tune(net, masks, AugmentedBatches(args.sequences, args.batch), args.epochs, args.lr)
    for hook in hooks:
        hook.remove()
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
