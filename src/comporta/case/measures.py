"""Measures of an accelerator, as Technical Note 2 to 3A090 defines them."""

import polars as pl

BITS = {"tops_4bit": 4, "tops_8bit": 8, "tops_16bit": 16, "tops_32bit": 32, "tops_64bit": 64}
DECIMALS = 3


def tpp_of(tops: dict[int, float]) -> float:
    """Total processing performance from dense datasheet rates by bit length.   [TPP]

    TPP = max over formats of TOPS × bits: a datasheet's TOPS count a multiply and an add as two operations, so
    they are the note's 2 × MacTOPS already.
    """
    return round(max(rate * bits for bits, rate in tops.items()), DECIMALS)


def density_of(tpp: float, die_mm2: float) -> float:
    """Performance density: TPP ÷ area of the logic dies made in a non-planar node.   [TPP/mm²]"""
    return round(tpp / die_mm2, DECIMALS)


def computed_tpp() -> pl.Expr:
    """Total processing performance of each product that has a datasheet rate.   [TPP]"""
    return pl.max_horizontal(pl.col(name) * bits for name, bits in BITS.items()).round(DECIMALS)


def computed_density(tpp: pl.Expr) -> pl.Expr:
    """Performance density of each product that has a TPP and a die area.   [TPP/mm²]"""
    area = pl.when(pl.col("die_mm2") > 0).then(pl.col("die_mm2"))
    return (tpp / area).round(DECIMALS)


def measured(products: pl.DataFrame) -> pl.DataFrame:
    """The products with TPP and density computed wherever datasheet rates and die area are given."""
    with_tpp = products.with_columns(tpp=pl.coalesce(computed_tpp(), "tpp"))
    return with_tpp.with_columns(
        performance_density=pl.coalesce(computed_density(pl.col("tpp")), "performance_density")
    )
