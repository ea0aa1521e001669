// Every weight matrix of the network as weight_product.hpp wants it, made anew when values change.
#pragma once

#include "../layout.hpp"
#include "aligned.hpp"

namespace idi::train {

class PreparedWeights {
 public:
  explicit PreparedWeights(const Layout& layout);
  /// This thread's part of the work; all `threads` parts make the whole.
  void prepare(const float* values, int thread, int threads);
  /// By Layout offsets, like the values themselves.
  [[nodiscard]] const float* forward() const { return forward_.data(); }
  [[nodiscard]] const float* back() const { return back_.data(); }

 private:
  std::vector<LinearAt> linears_;
  AlignedFloats forward_, back_;
};

}  // namespace idi::train
