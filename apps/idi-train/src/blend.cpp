#include "blend.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include "idi/model_io/tensor_file.hpp"

namespace idi::train {
namespace {

/// Values of one row: what is behind the first extent.
std::size_t row_size(const std::vector<std::int64_t>& shape) {
  std::size_t size = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) size *= static_cast<std::size_t>(shape[i]);
  return size;
}

/// The older tensor's row that belongs to row `row` of the newer one; -1: none. The last row of
/// "symbol.embedding" is the start's in both.
std::int64_t older_row(const std::string& name, std::int64_t row, std::int64_t newer_rows,
                       std::int64_t older_rows) {
  if (newer_rows == older_rows) return row;
  if (name != "symbol.embedding") return row < older_rows ? row : -1;
  if (row == newer_rows - 1) return older_rows - 1;
  return row < older_rows - 1 ? row : -1;
}

}  // namespace

void blend(const std::string& older_path, const std::string& newer_path, double share,
           const std::string& into) {
  const auto older = model_io::TensorFile::open(older_path);
  const auto newer = model_io::TensorFile::open(newer_path);
  std::vector<model_io::TensorData> blended;
  auto type = model_io::TensorType::f16;
  for (const std::string& name : newer->tensor_names()) {
    const auto& shape = newer->tensor(name).shape;
    const auto& old_shape = older->tensor(name).shape;
    const bool grown = name == "symbol.embedding" || name.starts_with("output.symbol.");
    if (shape.empty() || old_shape.size() != shape.size() ||
        !std::equal(shape.begin() + 1, shape.end(), old_shape.begin() + 1) ||
        (grown ? shape[0] < old_shape[0] : shape[0] != old_shape[0])) {
      throw std::invalid_argument("the networks differ in \"" + name + "\"");
    }
    if (newer->tensor(name).type == model_io::TensorType::f32) type = model_io::TensorType::f32;
    std::vector<float> values = newer->floats(name);
    const std::vector<float> old_values = older->floats(name);
    const std::size_t width = row_size(shape);
    for (std::int64_t row = 0; row < shape[0]; ++row) {
      const std::int64_t old_row = older_row(name, row, shape[0], old_shape[0]);
      if (old_row < 0) continue;
      for (std::size_t i = 0; i < width; ++i) {
        float& value = values[static_cast<std::size_t>(row) * width + i];
        const float old_value = old_values[static_cast<std::size_t>(old_row) * width + i];
        value = static_cast<float>(share * value + (1 - share) * old_value);
      }
    }
    blended.push_back({name, shape, std::move(values)});
  }
  model_io::write_tensor_file(into, blended, newer->texts(), type);
}

}  // namespace idi::train
