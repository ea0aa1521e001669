// A model with its vocabulary and everything that training goes on from, as one file of libtorch's.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "idi/core/result.hpp"
#include "model.hpp"
#include "vocabulary.hpp"

namespace idi::lm {

struct Training {
  std::shared_ptr<Vocabulary> vocabulary;
  std::unique_ptr<Model> model;
  /// A running mean of each parameter: what is evaluated and exported.
  std::vector<torch::Tensor> means;
  std::unique_ptr<torch::optim::AdamW> optimizer;
  std::int64_t steps = 0;
  double minutes = 0;
};

/// Around a new model. REQUIRES: sizes.vocabulary is the vocabulary's.
[[nodiscard]] Training make_training(std::shared_ptr<Vocabulary> vocabulary,
                                     const ModelSizes& sizes, torch::Device device,
                                     std::uint64_t seed);
/// Errors: io_failed. The file is written beside and renamed.
[[nodiscard]] Status write_checkpoint(const Training& training, const std::filesystem::path& file);
/// Errors: not_found, unreadable.
[[nodiscard]] Result<Training> read_checkpoint(const std::filesystem::path& file,
                                               torch::Device device);

/// The first with the mean of all their running means, which answers unknown questions better than
/// each. Errors: those of read_checkpoint; invalid_argument (none, other sizes or vocabulary).
[[nodiscard]] Result<Training> read_mean(std::span<char* const> files);

/// Exchanges the parameters with their means; again, to have them back.
void swap_means(Training& training);

}  // namespace idi::lm
