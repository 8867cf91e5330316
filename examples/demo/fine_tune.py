#!/usr/bin/env python3
"""Fine-tune the demo network after `hypgcn prune`, keeping the structure that its masks describe.

    python3 fine_tune.py --masks masks.npz --out fine_tuned.pt

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


def apply_masks(masks):
    with torch.no_grad():
        for tensor, mask in masks:
            tensor.mul_(mask)


def fine_tune(net, masks, x, y, epochs, lr, batch=train.BATCH, seed=0):
    torch.manual_seed(seed)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    opt = torch.optim.SGD(net.parameters(), lr, momentum=0.9, nesterov=True, weight_decay=train.WEIGHT_DECAY)
    batches = len(x) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(opt, lr, total_steps=epochs * batches)
    apply_masks(masks)      # now it is the pruned checkpoint
    for epoch in range(epochs):
        net.train()
        total = 0.0
        for rows in torch.randperm(len(x))[:batches * batch].view(batches, batch):
            loss = F.cross_entropy(net(x[rows]), y[rows], label_smoothing=0.05)
            opt.zero_grad()
            loss.backward()
            opt.step()
            apply_masks(masks)      # momentum and weight decay move zeros too
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1:2d}  loss {total / batches:.4f}", flush=True)
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
    fine_tune(net, masks, x, y, args.epochs, args.lr)
    print(f"fine-tuned  top-1 {100 * top1(net, held_x, held_y):.2f} %")
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
