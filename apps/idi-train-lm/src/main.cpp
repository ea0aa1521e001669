// idi-train-lm train OPTIONS…           trains, or goes on with, a checkpoint
// idi-train-lm score CHECKPOINT PAIRS   greedy answers that are the expected ones
// idi-train-lm export CHECKPOINT GGUF
// idi-train-lm mean CHECKPOINT FROM…     a checkpoint whose numbers are the mean of others'
// idi-train-lm probe CHECKPOINT TEXTS   the likeliest next tokens of each text, as JSON lines
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <iostream>
#include <span>
#include <string_view>

#include "blas_kernels.hpp"
#include "evaluation.hpp"
#include "export.hpp"
#include "probe.hpp"
#include "session.hpp"

namespace {

using namespace idi;

constexpr int probed_tokens = 10;
constexpr unsigned score_seeds = 3;

Status score(const char* checkpoint, const char* pairs) {
  IDI_TRY(auto training, lm::read_checkpoint(checkpoint, torch::kCPU));
  IDI_TRY(const auto corpus, lm::read_corpus(pairs, *training.vocabulary));
  lm::swap_means(training);
  fmt::print("{} parameters, {} steps, {:.1f} minutes\n", training.model->parameter_count(),
             training.steps, training.minutes);
  for (unsigned seed = 1; seed <= score_seeds; ++seed) {
    const auto found = lm::evaluate(*training.model, *training.vocabulary, corpus, 1, seed);
    fmt::print("symbols {}: {} of {} exact, {} within the grammar, {} first tokens, loss {:.3f}\n",
               seed, found.exact, found.questions, found.allowed_exact, found.first, found.loss);
  }
  return {};
}

Status export_model(const char* checkpoint, const char* file) {
  IDI_TRY(const auto training, lm::read_checkpoint(checkpoint, torch::kCPU));
  return lm::write_gguf(training, file);
}

Status write_mean(const char* file, std::span<char* const> from) {
  IDI_TRY(const auto training, lm::read_mean(from));
  return lm::write_checkpoint(training, file);
}

Status probe(const char* checkpoint, const char* texts) {
  IDI_TRY(auto training, lm::read_checkpoint(checkpoint, torch::kCPU));
  return lm::probe(training, texts, probed_tokens, std::cout);
}

Status run(std::span<char* const> arguments) {
  const std::string_view command = arguments.empty() ? "" : arguments[0];
  if (command == "train") {
    IDI_TRY(const auto options, lm::parse_options(arguments.subspan(1)));
    return lm::train(options, std::cout);
  }
  if (arguments.size() == 3 && command == "score") return score(arguments[1], arguments[2]);
  if (arguments.size() == 3 && command == "export") return export_model(arguments[1], arguments[2]);
  if (arguments.size() > 2 && command == "mean") {
    return write_mean(arguments[1], arguments.subspan(2));
  }
  if (arguments.size() == 3 && command == "probe") return probe(arguments[1], arguments[2]);
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("train OPTIONS, score CHECKPOINT PAIRS, export CHECKPOINT GGUF, "
                                "mean CHECKPOINT FROM… or probe CHECKPOINT TEXTS\n{}",
                                lm::options_text));
}

}  // namespace

int main(int argc, char** argv) {
  lm::choose_blas_kernels(argv);
  const Status status = run(std::span(argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0))));
  if (status) return 0;
  std::cerr << "idi-train-lm: " << status.error().message << '\n';
  return 1;
}
