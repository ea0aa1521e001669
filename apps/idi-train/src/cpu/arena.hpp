// Scratch memory of one pass: taken in order, all given back at once. One thread.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "../layout.hpp"

namespace idi::train {

class Arena {
 public:
  /// Uninitialised, 64-byte aligned; lives until reset().
  float* take(Index count) {
    const Index rounded = (count + 15) / 16 * 16;
    if (used_ + rounded > block_floats()) next_block(rounded);
    float* start = blocks_[block_].get() + used_;
    used_ += rounded;
    return start;
  }
  /// Keeps the memory for the next pass.
  void reset() {
    block_ = 0;
    used_ = 0;
  }

 private:
  struct Free {
    void operator()(float* start) const { std::free(start); }
  };
  using Block = std::unique_ptr<float[], Free>;

  [[nodiscard]] Index block_floats() const { return block_ < sizes_.size() ? sizes_[block_] : 0; }

  void next_block(Index at_least) {
    if (!blocks_.empty()) ++block_;
    used_ = 0;
    while (block_ < blocks_.size() && sizes_[block_] < at_least) ++block_;
    if (block_ < blocks_.size()) return;
    const Index floats = std::max(at_least, Index{1} << 22);
    void* start = std::aligned_alloc(64, static_cast<std::size_t>(floats) * sizeof(float));
    if (start == nullptr) throw std::bad_alloc();
    blocks_.emplace_back(static_cast<float*>(start));
    sizes_.push_back(floats);
  }

  std::vector<Block> blocks_;
  std::vector<Index> sizes_;
  std::size_t block_ = 0;
  Index used_ = 0;
};

}  // namespace idi::train
