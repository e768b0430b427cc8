"""Trains `quick`-sized models in PyTorch to see where a search should look; its numbers are not the project's trainers'.

    python3 screen.py SETTINGS.jsonl RESULTS.jsonl      # needs torch and numpy; one thread, some 45 steps a second

A line of SETTINGS is one run, for example

    {"name": "12/.05", "seed": 33, "steps": 5000, "evals": [1000, 2500, 5000], "gamma": 12, "beta": 0.05, "latents": 4}

gamma and beta are numbers or [[step, value], ...] with straight lines between; other keys: see DEFAULTS. RESULTS gets a
line an evaluation: the FactorVAE metric (fitted, 800 votes of 100 images), means of the losses over the last 500 steps in nats,
and for each latent in use "KL:shape/scale/x/y(kurtosis)", the mutual information of its mean with each factor in nats.
Step, losses and networks are Algorithm 2 of Kim & Mnih 2018 but D sees the first batch's own codes permuted.
"""
import json
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

DEFAULTS = dict(conv=[16, 32, 32], dense=256, latents=6, dw=256, dd=4, batch=64, gamma=0, lr=5e-4, betas=[0.9, 0.999],
                dlr=1e-3, dbetas=[0.5, 0.9], beta_vae=0)
GRID = [3, 6, 32, 32]  # shape, scale, x, y
SIZE = 32


def draw_all():
    """Every picture of 2D Shapes at orientation 0, [18432, 1, SIZE, SIZE]; a pixel is white where its centre is inside."""
    u = np.linspace(0, np.pi, 2000)
    hx = 9.6 * np.sin(u) ** 3
    hy = -0.66216 * (13 * np.cos(u) - 5 * np.cos(2 * u) - 2 * np.cos(3 * u) - np.cos(4 * u)) - 1.43656
    row, column = np.mgrid[0:SIZE, 0:SIZE]
    out = np.zeros((*GRID, SIZE, SIZE), np.uint8)
    for i, s in enumerate(np.linspace(0.5, 1, GRID[1])):
        for j, px in enumerate(np.linspace(0, 1, GRID[2])):
            for k, py in enumerate(np.linspace(0, 1, GRID[3])):
                x = ((column + 0.5) * 64 / SIZE - (16 + 32 * px)) / s
                y = ((row + 0.5) * 64 / SIZE - (16 + 32 * py)) / s
                out[0, i, j, k] = (abs(x) <= 9.6) & (abs(y) <= 9.6)
                out[1, i, j, k] = (x / 12.77) ** 2 + (y / 7.21) ** 2 <= 1
                near = (abs(x) < 10) & (abs(y) < 16)
                out[2, i, j, k][near] = inside_heart(hx, hy, abs(x[near]), y[near])
    return torch.from_numpy(out.reshape(-1, 1, SIZE, SIZE)).float()


def inside_heart(hx, hy, x, y):
    """Whether points with x >= 0 lie left of the heart's right half, by crossings of a ray to the right (even-odd rule)."""
    between = (hy[None, :-1] > y[:, None]) != (hy[None, 1:] > y[:, None])
    slope = (hx[1:] - hx[:-1]) / np.where(hy[1:] == hy[:-1], 1, hy[1:] - hy[:-1])
    at = hx[None, :-1] + slope * (y[:, None] - hy[None, :-1])
    return (between & (at > x[:, None])).sum(1) % 2 == 1


def build(c):
    side, widths = SIZE // 2 ** len(c['conv']), c['conv']
    enc, dec, disc = nn.ModuleDict(), nn.ModuleDict(), nn.ModuleDict()
    before = 1
    for i, w in enumerate(widths):
        enc[f'conv{i}'] = nn.Conv2d(before, w, 4, 2, 1)
        before = w
    enc['dense'] = nn.Linear(before * side * side, c['dense'])
    enc['latent'] = nn.Linear(c['dense'], 2 * c['latents'])
    dec['dense0'] = nn.Linear(c['latents'], c['dense'])
    dec['dense1'] = nn.Linear(c['dense'], before * side * side)
    for i, w in enumerate([*widths[-2::-1], 1]):
        dec[f'deconv{i}'] = nn.ConvTranspose2d(before, w, 4, 2, 1)
        before = w
    before = c['latents']
    for i in range(c['dd']):
        disc[f'dense{i}'] = nn.Linear(before, c['dw'])
        before = c['dw']
    disc['logits'] = nn.Linear(before, 2)
    return enc, dec, disc


def encode(c, enc, x):
    for i in range(len(c['conv'])):
        x = F.relu(enc[f'conv{i}'](x))
    return enc['latent'](F.relu(enc['dense'](x.flatten(1)))).chunk(2, 1)  # mean, log variance


def decode(c, dec, z):
    side, n = SIZE // 2 ** len(c['conv']), len(c['conv'])
    h = F.relu(dec['dense1'](F.relu(dec['dense0'](z)))).unflatten(1, (c['conv'][-1], side, side))
    for i in range(n):
        h = dec[f'deconv{i}'](h)
        h = F.relu(h) if i < n - 1 else h
    return h  # logits


def discriminate(c, disc, z):
    for i in range(c['dd']):
        z = F.leaky_relu(disc[f'dense{i}'](z), 0.2)
    return disc['logits'](z)


def at(schedule, step):
    if not isinstance(schedule, list):
        return schedule
    return float(np.interp(step, [s for s, _ in schedule], [v for _, v in schedule]))


def train(settings, images, emit):
    c = {**DEFAULTS, **settings}
    torch.manual_seed(c['seed'])
    g = torch.Generator().manual_seed(1000 + c['seed'])
    votes_rng = np.random.default_rng(0)
    enc, dec, disc = build(c)
    vae = torch.optim.Adam([*enc.parameters(), *dec.parameters()], c['lr'], c['betas'], 1e-8)
    d_adam = torch.optim.Adam(disc.parameters(), c['dlr'], c['dbetas'], 1e-8)
    for network in (enc, dec):
        network.to(memory_format=torch.channels_last)
    B, Z = c['batch'], c['latents']
    classes = torch.cat([torch.zeros(B), torch.ones(B)]).long()
    losses = []
    for step in range(1, c['steps'] + 1):
        x = images[torch.randint(0, len(images), (B,), generator=g)].contiguous(memory_format=torch.channels_last)
        mean, log_variance = encode(c, enc, x)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn(B, Z, generator=g)
        rec = F.binary_cross_entropy_with_logits(decode(c, dec, z), x, reduction='sum') / B
        kl = (-0.5 * (1 + log_variance - mean**2 - log_variance.exp())).mean(0).sum()
        tc = d_loss = torch.zeros(())
        loss = rec + at(c['beta'], step) * kl
        if not c['beta_vae']:
            disc.requires_grad_(False)
            logits = discriminate(c, disc, z)
            tc = (logits[:, 0] - logits[:, 1]).mean()
            loss = loss + at(c['gamma'], step) * tc
        vae.zero_grad()
        loss.backward()
        vae.step()
        if not c['beta_vae']:
            disc.requires_grad_(True)
            codes = z.detach()
            permuted = torch.stack([codes[torch.randperm(B, generator=g), j] for j in range(Z)], 1)
            d_loss = F.cross_entropy(discriminate(c, disc, torch.cat([codes, permuted])), classes)
            d_adam.zero_grad()
            d_loss.backward()
            d_adam.step()
        losses.append([v.item() for v in (rec, kl, tc, d_loss)])
        if step in c['evals']:
            rec_, kl_, tc_, d_ = np.mean(losses[-500:], 0).tolist()
            emit(dict(name=c['name'], seed=c['seed'], step=step, **evaluate(c, enc, images, votes_rng), rec=round(rec_, 1),
                      kl=round(kl_, 1), tc=round(tc_, 3), dl=round(d_, 3)))


def evaluate(c, enc, images, rng):
    means, kls = [], []
    with torch.no_grad():
        for start in range(0, len(images), 1024):
            m, v = encode(c, enc, images[start:start + 1024])
            means.append(m)
            kls.append((-0.5 * (1 + v - m**2 - v.exp())).mean(0))
    mu, kl = torch.cat(means).numpy(), torch.stack(kls).mean(0).numpy()
    known = mutual_information(mu)
    kurtosis = ((mu - mu.mean(0)) ** 4).mean(0) / mu.var(0) ** 2 - 3
    latents = ' '.join(f"{kl[j]:.1f}:{'/'.join(f'{v:.2f}'.lstrip('0') for v in known[j])}({kurtosis[j]:.1f})"
                       for j in np.argsort(-kl) if kl[j] > 0.05)
    return dict(metric=round(float(factor_vae_metric(mu, kl, rng)), 3), lat=latents)


def factor_vae_metric(mu, kl, rng, images=100, votes=800):
    """Kim & Mnih 2018, section 4, of means [grid, Z] and the mean KL of each latent; collapsed latents (below .01) do not vote."""
    grid, spread, active = mu.reshape(*GRID, mu.shape[1]), mu.std(0), np.where(kl >= 0.01)[0]
    if len(active) == 0:
        return 0
    counts = np.zeros((mu.shape[1], len(GRID)))
    for _ in range(votes):
        k = rng.integers(len(GRID))
        index = [rng.integers(0, n, images) for n in GRID]
        index[k][:] = rng.integers(GRID[k])
        counts[active[np.argmin((grid[tuple(index)] / spread).var(0)[active])], k] += 1
    return counts.max(1).sum() / votes


def mutual_information(mu):
    """Of each latent's mean, in 20 bins, with each factor, nats, [Z, factors]."""
    factors = np.indices(GRID).reshape(len(GRID), -1)
    out = np.zeros((mu.shape[1], len(GRID)))
    for j, x in enumerate(mu.T):
        bins = np.clip(((x - x.min()) / (x.max() - x.min() + 1e-12) * 20).astype(int), 0, 19)
        for k, n in enumerate(GRID):
            p = np.zeros((20, n))
            np.add.at(p, (bins, factors[k]), 1 / len(x))
            q = p.sum(1, keepdims=True) * p.sum(0, keepdims=True)
            out[j, k] = (p[p > 0] * np.log(p[p > 0] / q[p > 0])).sum()
    return out


if __name__ == '__main__':
    torch.set_num_threads(1)
    pictures = draw_all()
    with open(sys.argv[1]) as lines, open(sys.argv[2], 'a') as results:
        for line in lines:
            train(json.loads(line), pictures, lambda r: print(json.dumps(r), file=results, flush=True))
