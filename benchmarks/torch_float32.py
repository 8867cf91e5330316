#!/usr/bin/env python3
"""Time of PyTorch (float32, 2 threads, batches of 32) on the same network and clips.

    python3 torch_float32.py CHECKPOINT CLIPS [LABELS]

Needs numpy and PyTorch.  The network is 2s-AGCN without C on NTU's 25 joints, built from the
checkpoint's own shapes; the normalised graph is the one of examples/demo/train.py.
"""
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../examples/demo"))
from train import skeleton_graph  # noqa: E402


def norm(x, sd, key):
    return F.batch_norm(x, sd[key + ".running_mean"], sd[key + ".running_var"], sd[key + ".weight"], sd[key + ".bias"])


def conv(x, sd, key, **kwargs):
    return F.conv2d(x, sd[key + ".weight"], sd[key + ".bias"], **kwargs)


def forward(sd, x, graph):
    n, c, t, v, m = x.shape
    x = norm(x.permute(0, 4, 3, 1, 2).reshape(n, m * v * c, t), sd, "data_bn")
    x = x.view(n, m, v, c, t).permute(0, 1, 3, 4, 2).reshape(n * m, c, t, v)
    block = 1
    while f"l{block}.gcn1.PA" in sd:
        p = f"l{block}"
        g = graph + sd[p + ".gcn1.PA"]
        z = norm(sum(conv(x @ g[k], sd, f"{p}.gcn1.conv_d.{k}") for k in range(len(g))), sd, p + ".gcn1.bn")
        down = p + ".gcn1.down"
        z = F.relu(z + (norm(conv(x, sd, down + ".0"), sd, down + ".1") if down + ".0.weight" in sd else x))
        strided = p + ".residual.conv.weight" in sd
        stride = (2 if strided else 1, 1)
        y = norm(conv(z, sd, p + ".tcn1.conv", stride=stride, padding=(4, 0)), sd, p + ".tcn1.bn")
        if strided:
            y = y + norm(conv(x, sd, p + ".residual.conv", stride=stride), sd, p + ".residual.bn")
        elif block > 1:
            y = y + x
        x = F.relu(y)
        block += 1
    return F.linear(x.view(n, m, x.shape[1], -1).mean(3).mean(1), sd["fc.weight"], sd["fc.bias"])


def main():
    torch.set_num_threads(2)
    sd = torch.load(sys.argv[1], map_location="cpu")
    sd = {k: v.float() for k, v in sd.items() if torch.is_floating_point(v)}
    clips = torch.from_numpy(np.load(sys.argv[2]))
    graph = torch.from_numpy(skeleton_graph()).float()
    with torch.no_grad():
        forward(sd, clips[:32], graph)
        wall, used = time.perf_counter(), time.process_time()
        logits = torch.cat([forward(sd, clips[n:n + 32], graph) for n in range(0, len(clips), 32)])
        wall, used = time.perf_counter() - wall, time.process_time() - used
    right = (logits.argmax(1).numpy() == np.load(sys.argv[3])).sum() if len(sys.argv) > 3 else "?"
    print(f"float32: {len(clips)} clips in {wall:.2f} s, {used:.2f} s of processor time, {right} right")


if __name__ == "__main__":
    main()
