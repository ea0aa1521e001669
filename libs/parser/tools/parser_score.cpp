// idi_parser_score WEIGHTS EXAMPLES [LIMIT]: for every example one line of the log-probabilities
// that the runtime network gives to the example's targets, step by step. The trainer prints the
// same (idi-train --score), so that `diff`-like comparison shows whether both compute one network.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <cstring>

#include "decoder.hpp"
#include "idi/model_io/example_file.hpp"
#include "network.hpp"
#include "output_space.hpp"

namespace idi::parser {
namespace {

ir::Allowed allowed_of(const model_io::TargetStep& step) {
  ir::Allowed allowed;
  allowed.symbols = std::bitset<64>(step.allowed_symbols);
  allowed.column = (step.allowed_pointers & 1) != 0;
  allowed.table = (step.allowed_pointers & 2) != 0;
  allowed.value = (step.allowed_pointers & 4) != 0;
  return allowed;
}

struct StepScore {
  double log_probability;
  bool best;
};

Result<std::vector<StepScore>> score(const Network& network,
                                     const model_io::TrainingExample& example) {
  IDI_TRY(const Memory memory, network.encode(example.input, {}));
  Decoder decoder(network, memory);
  const OutputSpace space(network.sizes().symbol_count, memory, {});
  std::vector<StepScore> scores;
  std::vector<int> history;
  int previous = DecoderStep::start;
  for (const model_io::TargetStep& step : example.steps) {
    if (step.target < 0 || step.target >= decoder.logits_per_step())
      return make_error(ErrorCode::invalid_argument, "A target is beyond the nodes");
    const DecoderStep next{previous, &history};
    const auto logits = decoder.advance({&next, 1});
    const ir::Allowed allowed = allowed_of(step);
    const float logit = logits[static_cast<std::size_t>(step.target)];
    bool best = true;
    space.for_each(allowed, [&](int output) {
      best = best && logits[static_cast<std::size_t>(output)] <= logit;
    });
    scores.push_back({logit - log_normalizer(logits, allowed, space), best});
    history.push_back(decoder.pool_row(0));
    previous = step.target;
  }
  return scores;
}

int run(const char* weights, const char* examples_path, std::size_t limit) {
  const auto network = Network::load(model_io::TensorFile::open(weights));
  if (!network) {
    fmt::print(stderr, "{}\n", network.error().to_text());
    return 1;
  }
  const auto examples = model_io::read_examples(examples_path);
  for (std::size_t i = 0; i < examples.examples.size() && i < limit; ++i) {
    const auto scores = score(**network, examples.examples[i]);
    if (!scores) {
      fmt::print(stderr, "example {}: {}\n", i, scores.error().to_text());
      return 1;
    }
    for (std::size_t step = 0; step < scores->size(); ++step)
      fmt::print("{} {} {:.9g} {}\n", i, step, (*scores)[step].log_probability,
                 (*scores)[step].best ? 1 : 0);
  }
  return 0;
}

}  // namespace
}  // namespace idi::parser

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    fmt::print(stderr, "usage: idi_parser_score WEIGHTS EXAMPLES [LIMIT]\n");
    return 2;
  }
  std::size_t limit = static_cast<std::size_t>(-1);
  if (argc == 4) {
    const char* end = argv[3] + std::strlen(argv[3]);
    if (std::from_chars(argv[3], end, limit).ptr != end) {
      fmt::print(stderr, "idi_parser_score: \"{}\" is no number of examples\n", argv[3]);
      return 2;
    }
  }
  try {
    return idi::parser::run(argv[1], argv[2], limit);
  } catch (const idi::model_io::FormatError& error) {
    fmt::print(stderr, "idi_parser_score: {}\n", error.what());
    return 1;
  }
}
