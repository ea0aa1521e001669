#include <utility>

#include "generation/draft.hpp"
#include "idi/engine/sql_generator.hpp"

namespace idi::engine {
namespace {

class ParserGenerator final : public SqlGenerator {
 public:
  explicit ParserGenerator(std::shared_ptr<const parser::Parser> parser)
      : parser_(std::move(parser)) {}

  Result<std::vector<SqlCandidate>> generate(const link::LinkedQuestion& question,
                                             const link::Linker& linker,
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
    return parser_->parse(question, linker, parse_options);
  }

  const parser::Selector& selector() const override { return parser_->selector(); }

  std::string description() const override { return parser_->description(); }

 private:
  std::shared_ptr<const parser::Parser> parser_;
};

}  // namespace

std::shared_ptr<const SqlGenerator> make_parser_generator(
    std::shared_ptr<const parser::Parser> parser) {
  return std::make_shared<ParserGenerator>(std::move(parser));
}

}  // namespace idi::engine
