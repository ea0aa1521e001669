// idi_parser_score WEIGHTS EXAMPLES [LIMIT]: for every example one line of the log-probabilities
// that the runtime network gives to the example's targets, step by step. The trainer prints the
// same (idi-train --score), so that `diff`-like comparison shows whether both compute one network.
#include <fmt/format.h>
#include <fmt/ranges.h>

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

Result<std::vector<double>> score(const Network& network,
                                  const model_io::TrainingExample& example) {
  IDI_TRY(const Memory memory, network.encode(example.input, {}));
  Decoder decoder(network, memory);
  const OutputSpace space(network.sizes().symbol_count, memory, {});
  std::vector<double> scores;
  std::vector<int> history;
  int previous = DecoderStep::start;
  for (const model_io::TargetStep& step : example.steps) {
    if (step.target < 0 || step.target >= decoder.logits_per_step())
      return make_error(ErrorCode::invalid_argument, "A target is beyond the nodes");
    const DecoderStep next{previous, &history};
    const auto logits = decoder.advance({&next, 1});
    scores.push_back(logits[static_cast<std::size_t>(step.target)] -
                     log_normalizer(logits, allowed_of(step), space));
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
    fmt::print("{:.6f}\n", fmt::join(*scores, " "));
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
