#!/usr/bin/env python3
"""Fine-tune the demo network after `hypgcn prune`, keeping the structure that its masks describe.

    python3 fine_tune.py --masks masks.npz --out fine_tuned.pt
    python3 fine_tune.py --masks masks.npz --out fine_tuned.pt --feature-bits 8     # for 8-bit blocks

Needs numpy and PyTorch (1.13 or newer).  About a minute on one core.
"""
import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F

import train


def load_masks(path, net):
    """Pairs of (tensor of the network, its mask): parameters and buffers alike."""
    tensors = net.state_dict(keep_vars=True)
    with np.load(path) as masks:
        return [(tensors[name], torch.from_numpy(masks[name]).to(tensors[name].dtype)) for name in masks.files]


def masks_of_zeros(net):
    """The masks of a network that is pruned already: its zeros."""
    return [(tensor, (tensor != 0).to(tensor.dtype)) for name, tensor in net.state_dict(keep_vars=True).items()
            if name.endswith(("weight", "bias", "running_mean")) and (tensor == 0).any()]


def apply_masks(masks):
    with torch.no_grad():
        for tensor, mask in masks:
            tensor.mul_(mask)


class RoundedFeatures:
    """Rounds the features that pass to BITS bits, as the hardware stores them; gradients pass where nothing is cut off.

    The step is the power of two with the least squared error over the first batches of training.
    """
    BATCHES = 16
    EXPONENTS = range(-2, 10)

    def __init__(self, bits):
        self.low, self.high = -2 ** (bits - 1), 2 ** (bits - 1) - 1
        self.errors, self.batches = torch.zeros(len(self.EXPONENTS)), 0

    def rounded(self, x, step):
        x = x.clamp(self.low * step, self.high * step)
        return x + ((x / step).round() * step - x).detach()

    def __call__(self, x, training):
        if training and self.batches < self.BATCHES:
            with torch.no_grad():
                self.errors += torch.stack([((self.rounded(x, 2.0 ** -n) - x) ** 2).mean() for n in self.EXPONENTS])
            self.batches += 1
        return self.rounded(x, 2.0 ** -self.EXPONENTS[int(self.errors.argmin())])


def round_features(net, bits):
    """Every feature that the accelerator stores: x0, and after each ReLU.  Returns what takes the rounding away again."""
    x0 = RoundedFeatures(bits)
    hooks = [net.l1.register_forward_pre_hook(lambda module, inputs: (x0(inputs[0], module.training),))]
    for module in net.modules():
        if isinstance(module, (train.GraphUnit, train.Block)):
            features = RoundedFeatures(bits)
            hooks.append(module.register_forward_hook(lambda module, _inputs, y, features=features: features(y, module.training)))
    return hooks


class Batches:
    """The clips x and labels y once per epoch, in random order; clips that fill no batch are left out of that epoch."""

    def __init__(self, x, y, batch=train.BATCH):
        self.x, self.y, self.batch = torch.from_numpy(x), torch.from_numpy(y), batch

    def __len__(self):
        return len(self.x) // self.batch

    def __iter__(self):
        for rows in torch.randperm(len(self.x))[:len(self) * self.batch].view(len(self), self.batch):
            yield self.x[rows], self.y[rows]


def fine_tune(net, masks, batches, epochs, lr, seed=0):
    torch.manual_seed(seed)
    opt = torch.optim.SGD(net.parameters(), lr, momentum=0.9, nesterov=True, weight_decay=train.WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(opt, lr, total_steps=epochs * len(batches))
    apply_masks(masks)      # now it is the pruned checkpoint
    for epoch in range(epochs):
        net.train()
        total = 0.0
        for x, y in batches:
            loss = F.cross_entropy(net(x), y, label_smoothing=0.05)
            opt.zero_grad()
            loss.backward()
            opt.step()
            apply_masks(masks)      # momentum and weight decay move zeros too
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1:2d}  loss {total / len(batches):.4f}", flush=True)
    return net.eval()


def top1(net, x, y):
    with torch.no_grad():
        return (net.eval()(torch.from_numpy(x)).argmax(1).numpy() == y).mean()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--checkpoint", default=os.path.join(here, "demo.pt"), help="what was pruned (default: demo.pt)")
    ap.add_argument("--masks", required=True, help="masks.npz of hypgcn prune")
    ap.add_argument("--out", required=True, help="the fine-tuned checkpoint, .pt")
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--lr", type=float, default=0.05)
    ap.add_argument("--feature-bits", type=int, help="train with features of so many bits (default: floating point)")
    args = ap.parse_args()

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    x, y = train.clips_of(train.SEED_TRAIN, train.TRAIN_PER_CLASS)
    held_x, held_y = train.clips_of(train.SEED_HELD_OUT, train.HELD_OUT_PER_CLASS)

    net = train.load(args.checkpoint)
    print(f"dense       top-1 {100 * top1(net, held_x, held_y):.2f} % of {len(held_y)} held-out clips")
    masks = load_masks(args.masks, net)
    apply_masks(masks)
    print(f"pruned      top-1 {100 * top1(net, held_x, held_y):.2f} %")
    hooks = round_features(net, args.feature_bits) if args.feature_bits else []
    fine_tune(net, masks, Batches(x, y), args.epochs, args.lr)
    if hooks:
        print(f"{args.feature_bits}-bit features  top-1 {100 * top1(net, held_x, held_y):.2f} %")
    for hook in hooks:
        hook.remove()
    print(f"fine-tuned  top-1 {100 * top1(net, held_x, held_y):.2f} %")
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
