"""The columns of a flow: everything that a condition of a gate may ask about."""

import dataframely as dy


def _column(kind: type[dy.Column], says: str, unit: str = "") -> dy.Column:
    return kind(nullable=True, description=says, metadata={"unit": unit})


class FlowColumns(dy.Schema):
    """One row is one thing that can happen in one period."""

    stage = _column(dy.String, "deliver, make or move.")
    order = _column(dy.String, "Order that is filled.")
    tier = _column(dy.Int64, "Tier of the order.")
    optional = _column(dy.Bool, "Whether the order is optional.")
    due = _column(dy.Date, "Day the order is due.")
    buyer = _column(dy.String, "Who buys.")
    buyer_country = _column(dy.String, "Country of the buyer.")
    buyer_parent = _column(dy.String, "Ultimate parent of the buyer; the buyer itself if it has none.")
    buyer_parent_country = _column(dy.String, "Country of the ultimate parent.")
    buyer_critical = _column(dy.Bool, "Whether the buyer is critical infrastructure.")
    product = _column(dy.String, "What flows.")
    product_kind = _column(dy.String, "accelerator or part.")
    maker = _column(dy.String, "Who makes the product.")
    maker_country = _column(dy.String, "Country of the maker.")
    origin = _column(dy.String, "Country the product is made in.")
    tpp = _column(dy.Float64, "Total processing performance.", "TPP")
    performance_density = _column(dy.Float64, "TPP per mm² of logic die.", "TPP/mm²")
    dram_gbps = _column(dy.Float64, "Total DRAM bandwidth.", "GB/s")
    bandwidth_density = _column(dy.Float64, "Memory bandwidth per mm² of a memory's package.", "GB/s/mm²")
    dram_gb = _column(dy.Float64, "DRAM.", "GB")
    interconnect_gbps = _column(dy.Float64, "Bidirectional transfer rate.", "GB/s")
    power_w = _column(dy.Float64, "Power drawn.", "W")
    price_usd = _column(dy.Float64, "Price of one unit.", "US$")
    data_center = _column(dy.Bool, "Whether the product is designed or marketed for data centers.")
    transistors_bn = _column(dy.Float64, "Transistors of all its dies.", "billion transistors")
    hbm = _column(dy.Bool, "Whether high-bandwidth memory is in its package.")
    attested = _column(dy.Bool, "Whether an authorized designer attests that 3A090.a does not cover it.")
    first_sold = _column(dy.Date, "Day the product was first on sale.")
    from_place = _column(dy.String, "Place it leaves from, or is made at.")
    from_country = _column(dy.String, "Country of that place.")
    to_place = _column(dy.String, "Place it goes to.")
    to_country = _column(dy.String, "Country of that place.")
    site = _column(dy.String, "Site it is delivered to.")
    site_operator = _column(dy.String, "Who runs the site.")
    site_use = _column(dy.String, "What chips are used for at the site.")
    site_state_funded = _column(dy.Bool, "Whether state money is in the site.")
    site_critical = _column(dy.Bool, "Whether the site is critical itself.")
    site_reached = _column(dy.Bool, "Whether the site is critical or serves a critical party, also through renters.")
    line = _column(dy.String, "Line it is made on.")
    starts = _column(dy.Date, "First day of the period.")
    ships = _column(dy.Date, "Day it leaves: the last day of the period.")


CONDITION_COLUMNS: tuple[str, ...] = tuple(FlowColumns.columns())
