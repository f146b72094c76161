"""Which inputs of a product can go, and what the weights of those that stay become (optimal brain surgeon: Hassibi and Stork 1993; by
groups, for transformers: Kurtic et al. 2023, "ZipLM")."""
import numpy as np

DAMPING = 1e-4  # of the mean square of an input, added to all squares


def surgeon(weight, gram, size, keep):
    """Keeps `keep` groups of `size` neighbouring columns of `weight`, taking one group after the other: the one whose loss changes the
    product least, once the columns that stay are fitted anew. `gram` holds the products of each two inputs, summed over examples.

    Returns the columns that are kept, their weights, and the share of the product's square that is lost.
    """
    w, gram = weight.astype(np.float64), gram.astype(np.float64)
    total = np.einsum("oi,oi->", w @ gram, w)
    inverse = np.linalg.inv(gram + DAMPING * gram.diagonal().mean() * np.eye(len(gram)))
    columns, lost = np.arange(len(gram)).reshape(-1, size), 0.0
    while len(columns) > keep:
        blocks = np.linalg.inv(inverse[columns[:, :, None], columns[:, None, :]])
        parts = w[:, columns].transpose(1, 0, 2)
        costs = np.einsum("goi,goi->g", parts @ blocks, parts)
        at = int(costs.argmin())
        group, block = columns[at], blocks[at]
        lost += costs[at] / total
        columns = np.delete(columns, at, 0)
        w -= w[:, group] @ block @ inverse[group]
        inverse -= inverse[:, group] @ block @ inverse[group]
    columns = columns.reshape(-1)
    return columns, w[:, columns].astype(np.float32), float(lost)
