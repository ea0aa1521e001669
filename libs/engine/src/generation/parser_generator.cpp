#include <utility>

#include "idi/engine/draft.hpp"
#include "idi/engine/sql_generator.hpp"

namespace idi::engine {
namespace {

SqlCandidate candidate_of(parser::Candidate parsed) {
  SqlCandidate candidate;
  candidate.sql = std::move(parsed.sql);
  candidate.log_probability = parsed.log_probability;
  candidate.query = std::move(parsed.query);
  candidate.tokens = std::move(parsed.tokens);
  candidate.steps = parsed.steps;
  candidate.unresolved_values = parsed.unresolved_values;
  candidate.item_log_probability = parsed.item_log_probability;
  return candidate;
}

class ParserGenerator final : public SqlGenerator {
 public:
  explicit ParserGenerator(std::shared_ptr<const parser::Parser> parser)
      : parser_(std::move(parser)) {}

  Result<Generation> generate(const link::LinkedQuestion& question, const link::Linker& linker,
                              const GenerateOptions& options) const override {
    parser::ParseOptions parse_options;
    parse_options.beam_width = options.max_candidates;
    parse_options.dialect = options.dialect;
    parse_options.deadline = options.deadline;
    parse_options.stop = options.stop;
    DraftTeller teller(options.on_token);
    if (options.on_token) {
      parse_options.on_draft = [&](std::span<const ir::Token> tokens) {
        teller.show(draft_words(tokens, linker.schema(), question));
      };
    }
    IDI_TRY(auto parsed, parser_->parse(question, linker, parse_options));
    Generation generation;
    for (auto& one : parsed) generation.candidates.push_back(candidate_of(std::move(one)));
    return generation;
  }

  const parser::Selector* selector() const override { return &parser_->selector(); }
  const confidence::Model* confidence() const override { return parser_->confidence(); }

  std::string description() const override { return parser_->description(); }

  GeneratorStatus status() const override {
    return {GeneratorStatus::State::ready, "built-in parser", {}};
  }

 private:
  std::shared_ptr<const parser::Parser> parser_;
};

}  // namespace

std::shared_ptr<const SqlGenerator> make_parser_generator(
    std::shared_ptr<const parser::Parser> parser) {
  return std::make_shared<ParserGenerator>(std::move(parser));
}

}  // namespace idi::engine
