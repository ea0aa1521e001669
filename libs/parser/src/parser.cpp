#include "idi/parser/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

#include "beam_search.hpp"
#include "idi/core/text.hpp"
#include "idi/parser/candidate_reader.hpp"
#include "idi/parser/featurizer.hpp"
#include "network.hpp"
#include "weights_member.hpp"

namespace idi::parser {

namespace {

constexpr int max_beam_width = 64;

std::optional<std::string_view> optional_text(const model_io::TensorFile& file,
                                              std::string_view key) {
  try {
    return file.text(key);
  } catch (const model_io::FormatError&) {
    return std::nullopt;
  }
}

class NeuralParser final : public Parser {
 public:
  NeuralParser(std::vector<std::shared_ptr<const Network>> networks, Selector selector,
               std::optional<confidence::Model> confidence)
      : networks_(std::move(networks)),
        vocabulary_(networks_.front()->file().text("vocabulary")),
        selector_(std::move(selector)),
        confidence_(confidence) {}

  Result<std::vector<Candidate>> parse(const link::LinkedQuestion& question,
                                       const link::Linker& linker,
                                       const ParseOptions& options) const override;
  Result<Relevance> relevance(const link::LinkedQuestion& question, const link::Linker& linker,
                              Deadline deadline, std::stop_token stop) const override;
  const Selector& selector() const override { return selector_; }
  const confidence::Model* confidence() const override {
    return confidence_ ? &*confidence_ : nullptr;
  }
  std::string description() const override;

 private:
  /// What the encoders say of one question.
  struct Encoded {
    std::vector<Memory> memories;  ///< One per network.
    std::vector<float> used;       ///< By node: the mean probability that the query uses it.
  };
  [[nodiscard]] Result<Encoded> encode(const link::LinkedQuestion& question,
                                       const link::Linker& linker,
                                       const Interrupt& interrupt) const;

  std::vector<std::shared_ptr<const Network>> networks_;  ///< At least one.
  Vocabulary vocabulary_;
  Selector selector_;
  std::optional<confidence::Model> confidence_;
};

/// Finished outputs → candidates; refuses what is no query or says what a better one has said.
class CandidateMaker {
 public:
  /// used: the encoder's probability, per node, that the query uses it.
  CandidateMaker(const link::LinkedQuestion& question, const link::Linker& linker, Dialect dialect,
                 const std::vector<float>& used)
      : question_(question), schema_(linker.schema()), reader_(question, linker, dialect) {
    for (const float probability : used) {
      const double bounded = std::clamp(static_cast<double>(probability), 1e-4, 1 - 1e-4);
      used_odds_.push_back(std::log(bounded / (1 - bounded)));
      if (used_odds_.size() > question.tokens.size()) none_used_ += std::log(1 - bounded);
    }
  }

  bool accept(const Finished& output) {
    auto candidate = reader_.read(output.tokens);
    if (!candidate) return false;
    candidate->log_probability = output.log_probability;
    candidate->item_log_probability = item_log_probability(output.tokens);
    // The beam finishes outputs roughly best first: the first of equal ones stays, unless beaten.
    const auto same = std::find_if(candidates_.begin(), candidates_.end(),
                                   [&](const Candidate& c) { return c.sql == candidate->sql; });
    if (same != candidates_.end()) {
      if (output.log_probability > same->log_probability) *same = std::move(*candidate);
      return false;
    }
    candidates_.push_back(std::move(*candidate));
    return true;
  }

  /// Best first. A value that nothing near was found for is most likely a wrong one.
  std::vector<Candidate> take(std::size_t count) {
    constexpr double unresolved_cost = 1;
    const auto score = [](const Candidate& c) {
      return c.log_probability - unresolved_cost * c.unresolved_values;
    };
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [&](const Candidate& a, const Candidate& b) { return score(a) > score(b); });
    if (candidates_.size() > count) candidates_.resize(count);
    return std::move(candidates_);
  }

 private:
  double item_log_probability(const std::vector<ir::Token>& tokens) const {
    std::set<int> nodes;
    for (const ir::Token& token : tokens)
      if (token.kind != ir::Token::Kind::symbol) nodes.insert(node_of(token, question_, schema_));
    double sum = none_used_;
    for (const int node : nodes) sum += used_odds_[static_cast<std::size_t>(node)];
    return sum;
  }

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  CandidateReader reader_;
  std::vector<double> used_odds_;  ///< log(p / (1 - p)) by node
  double none_used_ = 0;           ///< Of all items together.
  std::vector<Candidate> candidates_;
};

Error unanswerable() {
  return make_error(ErrorCode::unanswerable, "No query over this database fits the question",
                    "Name the tables or columns that you mean; `idi schema` lists them.");
}

Error no_words() {
  return make_error(ErrorCode::unanswerable, "The question has no words",
                    "Ask in words, for example: \"How many customers are there?\"");
}

Result<NeuralParser::Encoded> NeuralParser::encode(const link::LinkedQuestion& question,
                                                   const link::Linker& linker,
                                                   const Interrupt& interrupt) const {
  const auto input = featurize(question, linker.schema(), vocabulary_, linker.wordnet());
  Encoded encoded;
  encoded.used.resize(static_cast<std::size_t>(input.nodes()));
  for (const auto& network : networks_) {
    IDI_TRY(encoded.memories.emplace_back(), network->encode(input, interrupt));
    const auto own = network->used_probabilities(encoded.memories.back());
    for (std::size_t node = 0; node < encoded.used.size(); ++node)
      encoded.used[node] += own[node] / static_cast<float>(networks_.size());
  }
  return encoded;
}

Result<Relevance> NeuralParser::relevance(const link::LinkedQuestion& question,
                                          const link::Linker& linker, Deadline deadline,
                                          std::stop_token stop) const {
  if (question.tokens.empty()) return no_words();
  Relevance relevance;
  if (question.columns.empty() && question.tables.empty()) return relevance;
  const Interrupt interrupt{deadline, std::move(stop)};
  IDI_CHECK(interrupt.check());
  IDI_TRY(const Encoded encoded, encode(question, linker, interrupt));
  const auto used = [&](int node) {
    return static_cast<double>(encoded.used[static_cast<std::size_t>(node)]);
  };
  const Memory& memory = encoded.memories.front();
  for (int i = 0; i < memory.columns; ++i) relevance.columns.push_back(used(memory.tokens + i));
  for (int i = 0; i < memory.tables; ++i)
    relevance.tables.push_back(used(memory.tokens + memory.columns + i));
  // The head says "table" only where the query names the table itself: count(*), a join.
  for (std::size_t i = 0; i < question.columns.size(); ++i) {
    const auto table =
        std::lower_bound(question.tables.begin(), question.tables.end(), question.columns[i].table);
    double& own = relevance.tables[static_cast<std::size_t>(table - question.tables.begin())];
    own = std::max(own, relevance.columns[i]);
  }
  return relevance;
}

Result<std::vector<Candidate>> NeuralParser::parse(const link::LinkedQuestion& question,
                                                   const link::Linker& linker,
                                                   const ParseOptions& options) const {
  if (options.beam_width < 1 || options.beam_width > max_beam_width || options.max_steps < 1)
    return make_error(
        ErrorCode::invalid_argument,
        fmt::format("The beam must be 1 to {} wide and at least one step long", max_beam_width));
  if (question.tokens.empty()) return no_words();
  if (question.columns.empty() && question.tables.empty()) return unanswerable();
  const Interrupt interrupt{options.deadline, options.stop};
  IDI_CHECK(interrupt.check());

  const Schema& schema = linker.schema();
  IDI_TRY(const Encoded encoded, encode(question, linker, interrupt));
  const Memory& memory = encoded.memories.front();
  std::vector<ir::Token> node_tokens;
  for (int node = memory.tokens; node < memory.nodes(); ++node)
    node_tokens.push_back(token_of(node, question, schema));

  OutputScorer scorer(networks_, encoded.memories);
  const OutputSpace space(networks_.front()->sizes().symbol_count, memory, std::move(node_tokens));
  CandidateMaker maker(question, linker, options.dialect, encoded.used);
  const BeamOptions beam{options.beam_width, options.max_steps};
  IDI_CHECK(beam_search(
      scorer, space, beam, interrupt, [&](const Finished& output) { return maker.accept(output); },
      options.on_draft));
  auto candidates = maker.take(static_cast<std::size_t>(options.beam_width));
  if (candidates.empty()) return unanswerable();
  return candidates;
}

/// The trainer's notes are lines.
std::string on_one_line(std::string_view text) {
  text = text::trim(text);
  std::string line;
  for (const char c : text) line += c == '\n' ? std::string(", ") : std::string(1, c);
  return line;
}

std::string NeuralParser::description() const {
  const NetworkSizes& sizes = networks_.front()->sizes();
  std::string text =
      networks_.size() == 1
          ? std::string("built-in parser: ")
          : fmt::format("built-in parser of {} networks, the first: ", networks_.size());
  text += fmt::format("width {}, {} encoder and {} decoder layers, {} heads, {} words", sizes.width,
                      sizes.encoder_layers, sizes.decoder_layers, sizes.heads, sizes.vocabulary);
  for (const char* key : {"name", "trained", "training"})
    if (const auto fact = optional_text(networks_.front()->file(), key))
      text += fmt::format("; {}", on_one_line(*fact));
  return text;
}

Error as_error(const model_io::FormatError& error, const std::string& path) {
  using Kind = model_io::FormatError::Kind;
  const std::string hint =
      "Restore the file from the release that this program came with, or train it anew.";
  switch (error.kind) {
    case Kind::wrong_version:
      return make_error(ErrorCode::wrong_version, error.what(), hint, path);
    case Kind::unreadable:
    case Kind::corrupt:
    case Kind::io_failed:
      return make_error(ErrorCode::unreadable, error.what(), hint, path);
  }
  return make_error(ErrorCode::internal, error.what(), {}, path);
}

/// What the weights were trained for must be what this program computes.
Status check_meanings(const Network& network, const std::string& path) {
  const auto& file = network.file();
  const auto wrong = [&](std::string_view what, int theirs, int ours) {
    return make_error(
        ErrorCode::wrong_version,
        fmt::format("The weights file \"{}\" was trained for another version of this program "
                    "({}: {}, here {})",
                    path, what, theirs, ours),
        "Use the weights file that this program came with, or train it anew.");
  };
  // Files of the first version need not say so.
  const int version =
      optional_text(file, "featurizer_version") ? file.number("featurizer_version") : 1;
  const NetworkSizes& sizes = network.sizes();
  if (version != featurizer_version) return wrong("features", version, featurizer_version);
  if (sizes.relation_count != relation_count)
    return wrong("relations", sizes.relation_count, relation_count);
  if (sizes.node_class_count != node_class_count)
    return wrong("node classes", sizes.node_class_count, node_class_count);
  if (sizes.gram_buckets != gram_buckets)
    return wrong("letter groups", sizes.gram_buckets, gram_buckets);
  if (sizes.word_class_count != word_class_count)
    return wrong("word classes", sizes.word_class_count, word_class_count);
  // Symbols are only ever appended: a file that knows fewer never writes the new ones.
  if (sizes.symbol_count > ir::symbol_count)
    return wrong("symbols", sizes.symbol_count, ir::symbol_count);
  const int words = Vocabulary(file.text("vocabulary")).size();
  if (words > sizes.vocabulary)
    return make_error(ErrorCode::unreadable,
                      fmt::format("The weights file \"{}\" names {} words and has weights for {}",
                                  path, words, sizes.vocabulary),
                      "Restore the file from the release that this program came with.");
  return {};
}

Result<Selector> read_selector(const model_io::TensorFile& file) {
  const auto weights = optional_text(file, "selector");
  return weights ? Selector::from_text(*weights) : Selector::standard();
}

Result<std::optional<confidence::Model>> read_confidence(const model_io::TensorFile& file) {
  const auto weights = optional_text(file, "confidence");
  if (!weights) return std::optional<confidence::Model>();
  IDI_TRY(const auto model, confidence::Model::from_text(*weights));
  return std::optional(model);
}

}  // namespace

const Selector& Parser::selector() const {
  static const Selector standard = Selector::standard();
  return standard;
}

Result<std::shared_ptr<const Parser>> Parser::open(const std::string& weights_path) {
  std::error_code ignored;
  if (!std::filesystem::exists(weights_path, ignored))
    return make_error(
        ErrorCode::not_found, fmt::format("There is no weights file \"{}\"", weights_path),
        "Name the file of the built-in parser (models/idi-parser.bin of the project).");
  try {
    const auto file = model_io::TensorFile::open(weights_path);
    std::vector<std::shared_ptr<const Network>> networks;
    const int members = member_count(*file);
    for (int member = 0; member < members; ++member) {
      IDI_TRY(networks.emplace_back(), Network::load(member_of(file, member)));
      IDI_CHECK(check_meanings(*networks.back(), weights_path));
    }
    IDI_TRY(auto selector, read_selector(*file));
    IDI_TRY(const auto confidence, read_confidence(*file));
    return std::shared_ptr<const Parser>(
        std::make_shared<NeuralParser>(std::move(networks), std::move(selector), confidence));
  } catch (const model_io::FormatError& error) {
    return as_error(error, weights_path);
  }
}

}  // namespace idi::parser
