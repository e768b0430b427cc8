"""InfoWGAN-GP's iteration (docs/decisions/infoWganGp.md): critic steps, each on fresh codes, then a step of the generator."""

import torch
from layers import adam, down, up
from torch import nn
from torch.nn import functional


def step_of(config, images):
    batch, codes, categories = len(images), config["latents"], config["categories"]
    width = config["denseWidth"]
    generator = up(config, codes + categories + config["noiseInputs"], lambda: nn.LeakyReLU(0.2))
    trunk = down(config, lambda: nn.LeakyReLU(0.2))
    value = nn.Linear(width, 1)
    infer = nn.Sequential(nn.Linear(width, width), nn.LeakyReLU(0.2), nn.Linear(width, codes + categories))
    critic = nn.ModuleList([trunk, value, infer])
    generator_adam = adam([generator], config["generatorLearningRate"], config["generatorAdamBetas"])
    critic_adam = adam([critic], config["criticLearningRate"], config["criticAdamBetas"])

    def draw():
        """Inputs [batch, codes + categories + noise], and the category of each."""
        uniform = torch.rand(batch, codes + config["noiseInputs"]) * 2 - 1
        category = torch.randint(max(categories, 1), (batch,))
        hot = functional.one_hot(category, categories).float() if categories else uniform[:, :0]
        return torch.cat([uniform[:, :codes], hot, uniform[:, codes:]], 1), category

    def information(features, inputs, category):
        inferred = infer(features)
        loss = 0.5 * (inputs[:, :codes] - inferred[:, :codes]).square().sum(1).mean()
        return loss + functional.cross_entropy(inferred[:, codes:], category) if categories else loss

    def critic_step():
        inputs, category = draw()
        with torch.no_grad():
            generated = torch.sigmoid(generator(inputs))
        features = trunk(generated)
        gap = value(trunk(images)).mean() - value(features).mean()
        mix = torch.rand(batch, 1, 1, 1)
        mixed = (mix * images + (1 - mix) * generated).requires_grad_(True)
        (slope,) = torch.autograd.grad(value(trunk(mixed)).sum(), mixed, create_graph=True)
        penalty = (slope.flatten(1).norm(dim=1) - 1).square().mean()
        critic_adam.zero_grad()
        weighted = config["informationWeight"] * information(features, inputs, category)
        (-gap + config["penaltyWeight"] * penalty + weighted).backward()
        critic_adam.step()

    def generator_step():
        inputs, category = draw()
        critic.requires_grad_(False)
        features = trunk(torch.sigmoid(generator(inputs)))
        loss = config["informationWeight"] * information(features, inputs, category) - value(features).mean()
        generator_adam.zero_grad()
        loss.backward()
        generator_adam.step()
        critic.requires_grad_(True)

    def step():
        for _ in range(config["criticSteps"]):
            critic_step()
        generator_step()

    return step
