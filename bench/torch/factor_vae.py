"""FactorVAE's step: Algorithm 2 of Kim & Mnih 2018."""

import torch
from layers import adam, down, up
from torch import nn
from torch.nn import functional


def discriminator(config):
    layers, inputs = [], config["latents"]
    for _ in range(config["discriminatorDepth"]):
        layers += [nn.Linear(inputs, config["discriminatorWidth"]), nn.LeakyReLU(0.2)]
        inputs = config["discriminatorWidth"]
    return nn.Sequential(*layers, nn.Linear(inputs, 2))


def step_of(config, images):
    batch, latents = len(images), config["latents"]
    encode = nn.Sequential(down(config, nn.ReLU), nn.Linear(config["denseWidth"], 2 * latents))
    decode = up(config, latents, nn.ReLU)
    discriminate = discriminator(config)
    vae_adam = adam([encode, decode], config["learningRate"], config["adamBetas"])
    discriminator_adam = adam(
        [discriminate], config["discriminatorLearningRate"], config["discriminatorAdamBetas"]
    )
    zeros, ones = torch.zeros(batch, dtype=torch.long), torch.ones(batch, dtype=torch.long)

    def sample(x):
        mean, log_variance = encode(x).chunk(2, 1)
        return mean, log_variance, mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)

    def step():
        mean, log_variance, z = sample(images)
        reconstruction = functional.binary_cross_entropy_with_logits(decode(z), images, reduction="sum") / batch
        divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()
        discriminate.requires_grad_(False)
        logits = discriminate(z)
        total_correlation = (logits[:, 0] - logits[:, 1]).mean()
        discriminate.requires_grad_(True)
        vae_adam.zero_grad()
        (reconstruction + config["beta"] * divergence + config["gamma"] * total_correlation).backward()
        vae_adam.step()

        with torch.no_grad():
            other = z if config["permutedBatch"] == "first" else sample(images)[2]
            permuted = torch.stack([column[torch.randperm(batch)] for column in other.T], 1)
        discriminator_adam.zero_grad()
        joint = functional.cross_entropy(discriminate(z.detach()), zeros)
        product = functional.cross_entropy(discriminate(permuted), ones)
        (0.5 * (joint + product)).backward()
        discriminator_adam.step()

    return step
