"""micrograd's moons demo in PyTorch: float64, one thread, full batch. Prints one line of JSON, as measure.ts does."""

import json
import pathlib
import statistics
import time

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
fixture = pathlib.Path(__file__).parents[2] / "tests/fixtures/moons.json"
moons = json.loads(fixture.read_text())
SIZES, STEPS, ALPHA = [2, 16, 16, 1], 100, 1e-4


def train():
    weights, biases, at = [], [], 0
    for nin, nout in zip(SIZES, SIZES[1:]):
        rows = torch.tensor(moons["parameters"][at : at + nout * (nin + 1)]).view(nout, nin + 1)
        weights.append(rows[:, :nin].clone().requires_grad_())
        biases.append(rows[:, nin].clone().requires_grad_())
        at += nout * (nin + 1)
    parameters = weights + biases
    X, y = torch.tensor(moons["X"]), torch.tensor(moons["y"], dtype=torch.float64).view(-1, 1)
    losses = []
    for k in range(STEPS):
        h = X
        for layer, (w, b) in enumerate(zip(weights, biases)):
            h = h @ w.T + b
            if layer < 2:
                h = h.relu()
        loss = (1 - y * h).relu().mean() + ALPHA * sum((p * p).sum() for p in parameters)
        loss.backward()
        with torch.no_grad():
            for p in parameters:
                p -= (1 - 0.9 * k / STEPS) * p.grad
                p.grad = None
        losses.append(loss.item())
    return losses


def timed():
    start = time.perf_counter()
    losses = train()
    return (time.perf_counter() - start) * 1000, losses


cold, losses = timed()
warm, start = [], time.perf_counter()
while time.perf_counter() - start < 1:
    timed()
while len(warm) < 5:
    warm.append(timed()[0])
print(json.dumps({"cold": cold, "warm": statistics.median(warm), "losses": losses}))
