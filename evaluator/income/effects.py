"""From a checked panel to the income effects of projects: estimates, their uncertainty, and what limits them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import narwhals as nw
import numpy as np

from evaluator.domain.panel import IncomePanel
from evaluator.domain.settings import IncomeSettings, Settings
from evaluator.income.agreement import compare_engines
from evaluator.income.average import Mean
from evaluator.income.cautions import find_cautions
from evaluator.income.checks import bound_trends, check_pretrends, draw_study, leave_out, pretend_starts
from evaluator.income.etwfe import Fit
from evaluator.income.findings import ALL, CONTRAST, Alternative, IncomeEffects, Naive
from evaluator.income.frames import Frames, frames_by_group, make_inference
from evaluator.income.gate import Counts, count_clusters, describe_change, find_refusals
from evaluator.income.leaving import bound_leaving
from evaluator.income.permutation import permute
from evaluator.income.plain import frame_plainly
from evaluator.income.pretrend import Pretrend
from evaluator.income.results import Caution, CellEffects, Estimate
from evaluator.income.specification import METHODS, Specification, again_by, regress, specify
from evaluator.income.splits import split_by_traits
from evaluator.income.summary import (
    FLAGGED,
    UNFLAGGED,
    choose,
    find_averages,
    find_contrast_path,
    find_contrasts,
    find_path,
    find_windows,
    name_groups,
)
from evaluator.income.support import gather_support
from evaluator.income.twoway import weigh_static
from evaluator.income.uncertainty import estimate_mean

Progress = Callable[[str], None]
PLAIN = ("pooled", "ancova")
FEW_TREATED = 10  # treated clusters up to which chance assignment is tried too
YES_NO = ("1", "0")
