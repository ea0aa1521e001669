// A zeroed buffer of floats on 64-byte boundaries.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "../layout.hpp"

namespace idi::train {

class AlignedFloats {
 public:
  AlignedFloats() = default;
  explicit AlignedFloats(Index count) : count_(count) {
    const auto bytes = (static_cast<std::size_t>(count) * sizeof(float) + 63) / 64 * 64;
    start_.reset(static_cast<float*>(std::aligned_alloc(64, bytes)));
    if (start_ == nullptr) throw std::bad_alloc();
    std::fill_n(start_.get(), count, 0.0F);
  }
  explicit AlignedFloats(const std::vector<float>& values)
      : AlignedFloats(static_cast<Index>(values.size())) {
    std::copy(values.begin(), values.end(), start_.get());
  }
  [[nodiscard]] float* data() { return start_.get(); }
  [[nodiscard]] const float* data() const { return start_.get(); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(count_); }
  [[nodiscard]] std::vector<float> to_vector() const {
    return {start_.get(), start_.get() + count_};
  }

 private:
  struct Free {
    void operator()(float* start) const { std::free(start); }
  };
  std::unique_ptr<float[], Free> start_;
  Index count_ = 0;
};

}  // namespace idi::train
