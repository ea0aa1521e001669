#include "model_prompts.hpp"

#include <fstream>

#include "idi/nano_format/nano_format.hpp"
#include "ships.hpp"

namespace idi::nano_format::testing {

std::vector<std::string> model_prompts() {
  const Schema schema = ships();
  std::vector<std::string> prompts;
  for (const char* text :
       {"names of ships", "How many ships were launched after 1990?",
        "Which company has the most ships?", "average tonnage of ships per company",
        "List names and tonnage of ships over 20,000 and sort them by tonnage",
        "companies without ships", "the heaviest ship's name in Caf\xC3\xA9 T3 WHERE ~ x1y2z3"}) {
    const auto question = linked(text, schema);
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
      const auto prompt = write_prompt(question, schema, seed);
      std::string whole = prompt.schema_part + prompt.question_part;
      // Half of them have begun to answer.
      if (seed % 2 == 0) {
        const std::vector<ir::Token> begun = {
            {ir::Token::Kind::column, 1},
            {ir::Token::Kind::symbol, static_cast<int>(ir::Symbol::where)},
            {ir::Token::Kind::symbol, static_cast<int>(ir::Symbol::end)}};
        whole += output_text(begun, prompt.symbols);
      }
      prompts.push_back(std::move(whole));
    }
  }
  return prompts;
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace idi::nano_format::testing
