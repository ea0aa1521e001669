// What was measured during training, as a table and as a picture.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace idi::train {

struct CurvePoint {
  double seconds = 0;
  std::int64_t step = 0;
  std::int64_t examples = 0;
  double rate = 0;
  double loss = 0;  ///< Since the point before, training
  double used_loss = 0;
  double accuracy = 0;     ///< Exact sequences, training, with dropout
  double valid_loss = -1;  ///< -1: no validation
  double valid_accuracy = -1;
};

[[nodiscard]] std::string to_csv(const std::vector<CurvePoint>& curve);
/// Reads what to_csv wrote; lines that do not parse are left out.
[[nodiscard]] std::vector<CurvePoint> from_csv(const std::string& csv);
[[nodiscard]] std::string to_svg(const std::vector<CurvePoint>& curve);

}  // namespace idi::train
