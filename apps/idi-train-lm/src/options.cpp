#include "options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <functional>

namespace idi::lm {
namespace {

Status read(double& value, const std::string& text) {
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc() && stopped == end && value >= 0) return {};
  return make_error(ErrorCode::invalid_argument, fmt::format("\"{}\" is no such number", text));
}

template <typename Number>
std::function<Status(const std::string&)> number(Number& value) {
  return [&value](const std::string& text) -> Status {
    double read_value = 0;
    IDI_CHECK(read(read_value, text));
    value = static_cast<Number>(read_value);
    return {};
  };
}

template <typename Text>
std::function<Status(const std::string&)> text(Text& value) {
  return [&value](const std::string& given) -> Status {
    value = given;
    return {};
  };
}

}  // namespace

const char* const options_text =
    "  --train FILE --dev FILE     pairs, as idi-lm-pairs writes them\n"
    "  --vocabulary FILE           as idi-lm-vocabulary writes it, for a new model\n"
    "  --checkpoint FILE           written now and then; training goes on from it\n"
    "  --weight SOURCE=W           how often a source's questions are drawn (1)\n"
    "  --width --layers --heads --inner          sizes of a new model\n"
    "  --groups --questions --rate --minutes --until --evaluate-minutes --inline-weight\n"
    "  --word-dropout --item-dropout --threads --device cpu|cuda --seed\n";

Result<TrainOptions> parse_options(std::span<char* const> arguments) {
  TrainOptions options;
  const std::map<std::string, std::function<Status(const std::string&)>> known = {
      {"--train", text(options.train)},
      {"--vocabulary", text(options.vocabulary)},
      {"--dev", text(options.dev)},
      {"--checkpoint", text(options.checkpoint)},
      {"--device", text(options.device)},
      {"--width", number(options.sizes.width)},
      {"--layers", number(options.sizes.layers)},
      {"--heads", number(options.sizes.heads)},
      {"--inner", number(options.sizes.inner)},
      {"--groups", number(options.groups)},
      {"--questions", number(options.questions)},
      {"--rate", number(options.learning_rate)},
      {"--minutes", number(options.minutes)},
      {"--until", number(options.until)},
      {"--evaluate-minutes", number(options.evaluate_minutes)},
      {"--inline-weight", number(options.batch.inline_weight)},
      {"--word-dropout", number(options.batch.word_dropout)},
      {"--item-dropout", number(options.batch.item_dropout)},
      {"--threads", number(options.threads)},
      {"--seed", number(options.seed)},
      {"--weight", [&](const std::string& given) -> Status {
         const auto equals = given.find('=');
         if (equals == std::string::npos) {
           return make_error(ErrorCode::invalid_argument, "--weight needs SOURCE=W");
         }
         return read(options.source_weights[given.substr(0, equals)], given.substr(equals + 1));
       }}};
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const auto found = known.find(arguments[i]);
    if (found == known.end() || i + 1 == arguments.size()) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("{}: no such option, or no value for it", arguments[i]));
    }
    if (auto status = found->second(arguments[i + 1]); !status) {
      return status.error().with_context(arguments[i]);
    }
  }
  if (options.until <= 0) options.until = options.minutes;
  const ModelSizes& sizes = options.sizes;
  if (sizes.heads < 1 || sizes.width % (2 * sizes.heads) != 0 || sizes.layers < 1 ||
      sizes.inner < 1 || options.groups < 1 || options.questions < 1 || options.threads < 1 ||
      options.minutes <= 0) {
    return make_error(ErrorCode::invalid_argument,
                      "sizes must be positive, the width a multiple of twice the heads");
  }
  return options;
}

}  // namespace idi::lm
