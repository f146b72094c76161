"""Averages models of one shape that began with the same weights; what each learned apart adds up (Wortsman et al. 2022, "Model soups").

    average.py --out CHECKPOINT 0.5*FILE 0.25*FILE 0.25*FILE
"""
import argparse

import torch

from weights import read_model


def average(parts):
    """The state that is the sum of (share, state)."""
    return {name: sum(share * state[name] for share, state in parts) for name in parts[0][1]}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("parts", nargs="+", metavar="SHARE*FILE")
    a = arguments.parse_args()
    given = [part.split("*", 1) for part in a.parts]
    if abs(sum(float(share) for share, _ in given) - 1) > 1e-6:
        arguments.error("the shares must add up to 1")
    torch.save({"model": average([(float(share), read_model(path).state_dict()) for share, path in given])}, a.out)


if __name__ == "__main__":
    main()
