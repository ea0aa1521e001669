// Fewer points that look the same. Deterministic.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace idi::chart {

/// At most `keep` (at least 2) indices of the shared x positions of several series, ascending: the
/// first, the last, every series' highest and lowest as far as they fit, and between them what
/// Largest-Triangle-Three-Buckets keeps (Steinarsson 2013, "Downsampling time series for visual
/// representation"), with the triangles of all series added, each to its own scale.
/// All series have the same length.
[[nodiscard]] std::vector<std::size_t> thin_lines(
    const std::vector<std::vector<std::optional<double>>>& series, std::size_t keep);

/// At most `keep` (at least 4) indices of points, ascending: the extremes of both directions and an
/// even sample of the others.
[[nodiscard]] std::vector<std::size_t> thin_points(
    const std::vector<std::pair<double, double>>& points, std::size_t keep);

}  // namespace idi::chart
