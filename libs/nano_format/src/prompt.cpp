#include "draw.hpp"
#include "idi/core/assert.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "spelling.hpp"

namespace idi::nano_format {

NanoPrompt write_prompt(const link::LinkedQuestion& question, const Schema& schema,
                        std::uint32_t order_seed) {
  const ShownSchema shown = shown_schema(question, schema);
  NanoPrompt prompt;
  prompt.symbols = SymbolTable::draw(shown, schema, question.values.size(), order_seed);
  const auto lines = table_texts(shown, schema, prompt.symbols);
  for (const int i : drawn_order(static_cast<int>(lines.size()), order_seed, 4)) {
    prompt.schema_part += lines[static_cast<std::size_t>(i)];
  }
  prompt.question_part = question_text(question, schema, prompt.symbols);
  prompt.grammar = symbolic_grammar(prompt.symbols);
  return prompt;
}

std::string output_text(const std::vector<ir::Token>& tokens, const SymbolTable& symbols) {
  IDI_ASSERT(!tokens.empty());
  std::string text;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const ir::Token& token = tokens[i];
    if (token.kind == ir::Token::Kind::symbol) {
      append_word(text, word_of(static_cast<ir::Symbol>(token.index)));
    } else {
      append_pointer(text, token.kind, symbols.number_of(token.kind, token.index));
    }
  }
  return text;
}

}  // namespace idi::nano_format
