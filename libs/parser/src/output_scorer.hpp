// Log-probabilities of the next outputs, under one network or the mean of several: the decoders of
// one question, advanced together. Used by one thread.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "decoder.hpp"
#include "output_space.hpp"

namespace idi::parser {

class OutputScorer {
 public:
  /// One memory per network; all outlive the scorer. REQUIRES: at least one network, all with the
  /// same symbols.
  OutputScorer(std::span<const std::shared_ptr<const Network>> networks,
               std::span<const Memory> memories) {
    for (std::size_t i = 0; i < networks.size(); ++i)
      decoders_.emplace_back(*networks[i], memories[i]);
    logits_.resize(decoders_.size());
  }

  void advance(std::span<const DecoderStep> steps) {
    for (std::size_t i = 0; i < decoders_.size(); ++i) logits_[i] = decoders_[i].advance(steps);
  }
  /// The same in every decoder, since all take the same steps.
  [[nodiscard]] int pool_row(int i) const { return decoders_.front().pool_row(i); }

  /// Calls f(output, log-probability) for every output of step i that is allowed and possible.
  template <typename F>
  void for_each(int i, const ir::Allowed& allowed, const OutputSpace& space, F&& f) {
    const auto row = static_cast<std::size_t>(decoders_.front().logits_per_step());
    normalizers_.clear();
    for (auto& logits : logits_) {
      const auto own = logits.subspan(static_cast<std::size_t>(i) * row, row);
      normalizers_.push_back(log_normalizer(own, allowed, space));
      if (!std::isfinite(normalizers_.back())) return;  // a dead end, or weights that overflow
    }
    space.for_each(allowed, [&](int output) {
      const std::size_t at = static_cast<std::size_t>(i) * row + static_cast<std::size_t>(output);
      double score = logits_[0][at] - normalizers_[0];
      if (logits_.size() > 1) {
        double sum = 0;
        for (std::size_t k = 0; k < logits_.size(); ++k)
          sum += std::exp(logits_[k][at] - normalizers_[k]);
        score = std::log(sum / static_cast<double>(logits_.size()));
      }
      if (std::isfinite(score)) f(output, score);
    });
  }

 private:
  std::vector<Decoder> decoders_;
  std::vector<std::span<const float>> logits_;
  std::vector<double> normalizers_;
};

}  // namespace idi::parser
