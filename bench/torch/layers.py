"""The two stacks that every family is made of: down to `denseWidth` numbers, and up to an image from `inputs` numbers."""

import torch
from torch import nn


def side_of(config):
    """Pixels a side after the last convolution."""
    return config["imageSize"] >> len(config["convWidths"])


def down(config, activation):
    """[batch, channels, size, size] to [batch, denseWidth]."""
    layers, channels = [], config["channels"]
    for width in config["convWidths"]:
        layers += [nn.Conv2d(channels, width, 4, 2, 1), activation()]
        channels = width
    flat = side_of(config) ** 2 * channels
    layers += [nn.Flatten(), nn.Linear(flat, config["denseWidth"]), activation()]
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


def up(config, inputs, activation):
    """[batch, inputs] to the logits of [batch, channels, size, size]."""
    widths, side = config["convWidths"], side_of(config)
    layers = [nn.Linear(inputs, config["denseWidth"]), activation()]
    layers += [nn.Linear(config["denseWidth"], side**2 * widths[-1]), activation(), nn.Unflatten(1, (widths[-1], side, side))]
    channels = widths[-1]
    for width in reversed(widths[:-1]):
        layers += [nn.ConvTranspose2d(channels, width, 4, 2, 1), activation()]
        channels = width
    layers.append(nn.ConvTranspose2d(channels, config["channels"], 4, 2, 1))
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


def adam(modules, rate, betas):
    parameters = [parameter for module in modules for parameter in module.parameters()]
    return torch.optim.Adam(parameters, rate, tuple(map(float, betas)), fused=True)  # JSON may say 0
