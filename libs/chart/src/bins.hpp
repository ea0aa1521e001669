// Bins of a histogram: round borders, equal widths.
#pragma once

#include <string>
#include <vector>

namespace idi::chart {

struct Bins {
  std::vector<std::string> labels;  ///< "0 – 2.5": from the border on, up to below the next;
                                    ///< "0 – 9" and "10 – 19" if no value has a fraction.
  std::vector<double> counts;
};

/// Every value falls into one bin. `values` are finite, not all equal, and their spread is finite.
/// `whole`: no value has a fraction, and bins are no narrower than 1.
[[nodiscard]] Bins make_bins(const std::vector<double>& values, bool whole, int max_bins);

}  // namespace idi::chart
