"""Reads the event files of a run as TensorBoard does, and prints what there is of each tag as one line of JSON.

    python3 scripts/tensorboard_check.py RUN

Scalars as [step, value], pictures as [step, width, height], texts as they are. Needs tensorboard and nothing else.
"""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util


def main(path):
    # 0: keep all, where TensorBoard by default draws a sample.
    accumulator = EventAccumulator(path, size_guidance={'scalars': 0, 'images': 0, 'tensors': 0})
    accumulator.Reload()
    tags = accumulator.Tags()
    print(
        json.dumps(
            {
                'scalars': {
                    tag: [[event.step, event.value] for event in accumulator.Scalars(tag)]
                    for tag in tags['scalars']
                },
                'pictures': {
                    tag: [[event.step, event.width, event.height] for event in accumulator.Images(tag)]
                    for tag in tags['images']
                },
                'texts': {
                    tag: [
                        tensor_util.make_ndarray(event.tensor_proto).tolist()[0].decode()
                        for event in accumulator.Tensors(tag)
                    ]
                    for tag in tags['tensors']
                },
            }
        )
    )


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
