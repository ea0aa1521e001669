#include "options.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>
#include <thread>

namespace idi::train {
namespace {

template <typename Number>
Number number_of(const std::string& text, const std::string& option, Number least, Number most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = std::is_integral_v<Number>;
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) ||
      (whole && value != std::floor(value)) || value < static_cast<double>(least) ||
      value > static_cast<double>(most)) {
    std::ostringstream message;
    message << option << " needs a " << (whole ? "whole number" : "number") << " from " << least
            << " to " << most << ", not \"" << text << "\"";
    throw UsageError(message.str());
  }
  return static_cast<Number>(value);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

/// "a,b,c", or @FILE with one name a line.
std::vector<std::string> names_of(const std::string& text, const std::string& option) {
  if (!text.starts_with('@')) return split(text, ',');
  std::ifstream in(text.substr(1));
  if (!in) throw UsageError(option + ": cannot read " + text.substr(1));
  std::vector<std::string> names;
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) names.push_back(line);
  }
  return names;
}

struct Option {
  const char* name;
  const char* argument;  ///< Null: takes none
  const char* help;
  std::function<void(Options&, const std::string&)> set;
};

/// An option that sets one number.
template <typename Number, typename Member>
Option number(const char* name, const char* help, Number least, Number most, Member member) {
  return {name, "N", help, [=](Options& options, const std::string& text) {
            member(options) = number_of<Number>(text, name, least, most);
          }};
}
template <typename Member>
Option share(const char* name, const char* help, Member member) {
  return {name, "SHARE", help, [=](Options& options, const std::string& text) {
            using Number = std::remove_reference_t<decltype(member(options))>;
            member(options) = number_of<Number>(text, name, 0, 1);
          }};
}
template <typename Member>
Option text(const char* name, const char* argument, const char* help, Member member) {
  return {name, argument, help,
          [=](Options& options, const std::string& value) { member(options) = value; }};
}

#define IDI_MEMBER(path) \
  [](Options & o) -> auto& { return o.path; }

const std::vector<Option>& all_options() {
  constexpr float any = std::numeric_limits<float>::max();
  static const std::vector<Option> options = {
      number<std::int64_t>("--steps", "optimiser steps in all", 1, 1'000'000'000,
                           IDI_MEMBER(steps)),
      number<double>("--minutes", "train for this long instead; the schedule follows the clock",
                     0.01, 100'000, IDI_MEMBER(minutes)),
      number<int>("--batch", "examples of a step (32)", 1, 65536, IDI_MEMBER(batch)),
      number<int>("--micro-batch", "examples that a thread takes at once (16)", 1, 4096,
                  IDI_MEMBER(micro_batch)),
      number<int>("--threads", "threads (one a core)", 1, 1024, IDI_MEMBER(threads)),
      number<std::uint64_t>("--seed", "of everything random (1)", 0, 1ULL << 53, IDI_MEMBER(seed)),
      text("--device", "NAME", "cpu (own kernels), cuda, cuda:1, or torch-cpu (reference)",
           IDI_MEMBER(device)),
      number<float>("--rate", "peak learning rate (0.001)", 0, 10, IDI_MEMBER(rate)),
      share("--warm-up", "share of the training in which the rate rises (0.04)",
            IDI_MEMBER(warm_up)),
      share("--last-rate", "share of the peak rate at the end of the cosine (0.01)",
            IDI_MEMBER(last_rate)),
      number<float>("--weight-decay", "decoupled; matrices only (0.01)", 0, 10,
                    IDI_MEMBER(optimizer.weight_decay)),
      share("--beta1", "of AdamW (0.9)", IDI_MEMBER(optimizer.beta1)),
      share("--beta2", "of AdamW (0.98)", IDI_MEMBER(optimizer.beta2)),
      number<float>("--clip", "largest gradient norm, 0: any (1)", 0, any,
                    IDI_MEMBER(optimizer.clip_norm)),
      share("--average-decay", "of the averaged weights (0.999)",
            IDI_MEMBER(optimizer.average_decay)),
      share("--dropout", "(0.15)", IDI_MEMBER(loss.dropout)),
      share("--label-smoothing", "over what the grammar allows (0)",
            IDI_MEMBER(loss.label_smoothing)),
      number<float>("--used-loss", "weight of the used-item loss (0.5)", 0, 1000,
                    IDI_MEMBER(loss.used_weight)),
      share("--schema-word-dropout", "words of columns and tables made unknown (0.25)",
            IDI_MEMBER(augment.schema_word_dropout)),
      share("--question-word-dropout", "… of the question (0.1)",
            IDI_MEMBER(augment.question_word_dropout)),
      share("--keep-grams", "of those, the share that keeps its character grams (0.5)",
            IDI_MEMBER(augment.keep_grams)),
      share("--item-drop", "examples that lose unused columns, tables, values (0.3)",
            IDI_MEMBER(augment.item_drop_examples)),
      share("--item-drop-most", "… at most this share of them (0.5)",
            IDI_MEMBER(augment.item_drop_most)),
      share("--link-dropout", "columns and tables without their links to the question (0)",
            IDI_MEMBER(augment.link_dropout)),
      number<int>("--width", "of the network (192)", 16, 2048, IDI_MEMBER(sizes.width)),
      number<int>("--heads", "(4)", 1, 64, IDI_MEMBER(sizes.heads)),
      number<int>("--encoder-layers", "(4)", 1, 64, IDI_MEMBER(sizes.encoder_layers)),
      number<int>("--decoder-layers", "(2)", 1, 64, IDI_MEMBER(sizes.decoder_layers)),
      number<int>("--feed-forward", "(512)", 16, 16384, IDI_MEMBER(sizes.feed_forward)),
      number<int>("--max-steps", "positions of the output (64)", 1, 1024,
                  IDI_MEMBER(sizes.max_steps)),
      {"--mix", "NAME=WEIGHT,…", "share of the draws by source; a source not named is not used",
       [](Options& o, const std::string& value) {
         for (const std::string& part : split(value, ',')) {
           const auto sign = part.find('=');
           if (sign == std::string::npos || sign == 0)
             throw UsageError("--mix needs NAME=WEIGHT,…, not \"" + part + "\"");
           o.mix[part.substr(0, sign)] = number_of<double>(part.substr(sign + 1), "--mix", 0, 1e9);
         }
       }},
      {"--synthetic-sources", "NAME,…", "sources that --finish-real leaves out",
       [](Options& o, const std::string& value) { o.synthetic_sources = split(value, ','); }},
      share("--finish-real", "last share of the training without synthetic sources (0)",
            IDI_MEMBER(finish_real)),
      {"--hold-out", "DB,…|@FILE", "databases left out of training and used for validation",
       [](Options& o, const std::string& value) { o.hold_out = names_of(value, "--hold-out"); }},
      text("--valid", "FILE", "another example file (same vocabulary) for validation",
           IDI_MEMBER(valid)),
      number<std::int64_t>("--evaluate-examples", "most examples of one validation (1000)", 1,
                           1'000'000'000, IDI_MEMBER(evaluate_examples)),
      number<double>("--evaluate-minutes", "between validations (2)", 0.001, 100'000,
                     IDI_MEMBER(evaluate_minutes)),
      text("--from", "WEIGHTS", "begin with these weights and their sizes, not with random ones",
           IDI_MEMBER(from)),
      text("--checkpoint", "DIR", "where to keep the state of the training",
           IDI_MEMBER(checkpoint)),
      number<double>("--checkpoint-minutes", "between checkpoints (5)", 0.001, 100'000,
                     IDI_MEMBER(checkpoint_minutes)),
      {"--resume", nullptr, "go on from the checkpoint",
       [](Options& o, const std::string&) { o.resume = true; }},
      text("--curve", "PATH", "learning curve: PATH.csv and PATH.svg (default: beside WEIGHTS)",
           IDI_MEMBER(curve)),
      number<double>("--share", "of NEWER in what --blend writes (0.8)", 0, 1, IDI_MEMBER(share)),
      {"--half", nullptr, "store the weights in 16 bits",
       [](Options& o, const std::string&) { o.half = true; }},
  };
  return options;
}

#undef IDI_MEMBER

void check(Options& options, const std::vector<std::string>& files) {
  if (options.command == "blend") {
    if (files.size() != 3) throw UsageError("--blend needs OLDER, NEWER and INTO");
    options.older = files[0];
    options.newer = files[1];
    options.weights = files[2];
    return;
  }
  if (files.size() != 2)
    throw UsageError(options.command == "score" ? "--score needs WEIGHTS and EXAMPLES"
                                                : "EXAMPLES and WEIGHTS are needed");
  options.examples = files[options.command == "score" ? 1 : 0];
  options.weights = files[options.command == "score" ? 0 : 1];
  if (options.threads == 0)
    options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  if (options.command == "score") return;
  if ((options.steps == 0) == (options.minutes == 0))
    throw UsageError("either --steps or --minutes is needed");
  if (options.resume && options.checkpoint.empty())
    throw UsageError("--resume needs --checkpoint DIR");
  if (options.finish_real > 0 && options.synthetic_sources.empty())
    throw UsageError("--finish-real needs --synthetic-sources");
  if (options.loss.dropout >= 1) throw UsageError("--dropout must be below 1");
  if (options.optimizer.beta1 >= 1 || options.optimizer.beta2 >= 1)
    throw UsageError("--beta1 and --beta2 must be below 1");
  if (options.curve.empty()) options.curve = options.weights + ".curve";
}

}  // namespace

Options read_options(const std::vector<std::string>& arguments) {
  Options options;
  options.command = "train";
  std::vector<std::string> files;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (name == "--help" || name == "-h") {
      options.command = "help";
      return options;
    }
    if (name == "--score") {
      options.command = "score";
      continue;
    }
    if (name == "--blend") {
      options.command = "blend";
      continue;
    }
    if (!name.starts_with("--")) {
      files.push_back(name);
      continue;
    }
    std::string value;
    const auto sign = name.find('=');
    const bool joined = sign != std::string::npos;
    if (joined) {
      value = name.substr(sign + 1);
      name.resize(sign);
    }
    const Option* found = nullptr;
    for (const Option& option : all_options())
      if (option.name == name) found = &option;
    if (found == nullptr) throw UsageError("unknown option " + name);
    if (found->argument != nullptr && !joined) {
      if (++i == arguments.size()) throw UsageError(name + " needs " + found->argument);
      value = arguments[i];
    } else if (found->argument == nullptr && joined) {
      throw UsageError(name + " takes no value");
    }
    found->set(options, value);
  }
  check(options, files);
  return options;
}

std::string usage() {
  std::ostringstream out;
  out << "Usage: idi-train EXAMPLES WEIGHTS (--steps N | --minutes N) [options]\n"
         "       idi-train --score WEIGHTS EXAMPLES [--device NAME]\n"
         "       idi-train --blend OLDER NEWER INTO [--share SHARE]\n\n"
         "Trains the built-in parser's network from an example file and writes a weights file;\n"
         "prints the log-probability of every target step under given weights; or writes the\n"
         "weights between two files of one line of training.\n\n";
  for (const Option& option : all_options()) {
    std::string name = std::string("  ") + option.name;
    if (option.argument != nullptr) name += std::string(" ") + option.argument;
    out << name << std::string(name.size() < 30 ? 30 - name.size() : 1, ' ') << option.help << "\n";
  }
  out << "\nInterrupted (Ctrl-C), it writes a checkpoint and the weights, then ends.\n";
  return out.str();
}

}  // namespace idi::train
