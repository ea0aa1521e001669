// The symbolic text format of IDI's own language model: a schema and a linked question become a
// prompt of lower-case words and upper-case symbols, and the model answers in symbols alone.
//
//   schema part    T3 ship C57 type C70 tonnage N C12 company id REF C40 T10 company …
//   question part  ASK show the name C49 of ships T3 from india V0 C14 OUT
//   completion     C49 WHERE C14 = V0
//
// T, C and V number tables, columns and values of this prompt; which number stands for which is
// drawn from a seed, so that a model can only learn to copy. Behind a question's word stand the
// items that the linker found for it, best first; behind `~` those that match less than wholly.
// After a column's words: N number, D time, B boolean, K primary key, REF the column that it
// refers to. The completion is the token language of idi/sql/ir_tokens.hpp without its last END.
//
// Words of people and of databases are reduced to [a-z0-9], so that none can be taken for a symbol.
// Pure functions, thread-safe; no I/O, no model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::nano_format {

/// What the model's vocabulary has symbols for.
inline constexpr int max_tables = 24;
inline constexpr int max_columns = 160;
inline constexpr int max_values = 16;

/// The part of a schema that a prompt shows.
struct ShownSchema {
  std::vector<int> tables;                ///< Schema table indices, in the order of the prompt.
  std::vector<std::vector<int>> columns;  ///< Of each of `tables`: column indices.
};

/// All of it where it fits; else what linking kept, the best of it if that is still too much.
[[nodiscard]] ShownSchema shown_schema(const link::LinkedQuestion& question, const Schema& schema);

/// Numbers of the prompt ↔ indices of the schema and of the question's value candidates.
class SymbolTable {
 public:
  /// Numbers drawn from the seed; those of tables and columns depend on it and on `shown` alone.
  static SymbolTable draw(const ShownSchema& shown, const Schema& schema, std::size_t values,
                          std::uint32_t seed);
  /// Every number is the index itself (columns: Schema::flat_index): for files of training pairs.
  static SymbolTable identity(const Schema& schema, std::size_t values);

  /// The index behind a number; -1 if the prompt does not show it.
  [[nodiscard]] int index_of(ir::Token::Kind kind, int number) const;
  /// The inverse.
  [[nodiscard]] int number_of(ir::Token::Kind kind, int index) const;
  /// Shown numbers, ascending.
  [[nodiscard]] std::vector<int> numbers(ir::Token::Kind kind) const;

 private:
  struct Numbering {
    std::vector<int> index_by_number, number_by_index;
    void set(int number, int index);
  };
  [[nodiscard]] const Numbering& numbering(ir::Token::Kind kind) const;
  Numbering tables_, columns_, values_;
};

struct NanoPrompt {
  std::string schema_part;    ///< Does not depend on the question while the whole schema fits.
  std::string question_part;  ///< The prompt is schema_part + question_part.
  std::string grammar;        ///< GBNF of the completion.
  SymbolTable symbols;
};

/// The prompt of one question. `order_seed` draws the symbols and the order of the tables: asking
/// with several seeds and adding up the answers is more accurate than asking once.
[[nodiscard]] NanoPrompt write_prompt(const link::LinkedQuestion& question, const Schema& schema,
                                      std::uint32_t order_seed);

/// A completion as tokens, the last END added. Errors: invalid_argument (a word that is no symbol
/// of this prompt, or against the token language's grammar).
[[nodiscard]] Result<std::vector<ir::Token>> read_output(std::string_view completion,
                                                         const SymbolTable& symbols,
                                                         const Schema& schema);

/// What the completion of such a prompt may be, as GBNF for llama.cpp. Wider than the automaton of
/// ir_tokens.hpp, which read_output applies.
[[nodiscard]] std::string symbolic_grammar(const SymbolTable& symbols);

// The parts, for files of training pairs. Every word is preceded by a blank.

/// One line per shown table.
[[nodiscard]] std::vector<std::string> table_texts(const ShownSchema& shown, const Schema& schema,
                                                   const SymbolTable& symbols);
/// " ASK … OUT"
[[nodiscard]] std::string question_text(const link::LinkedQuestion& question, const Schema& schema,
                                        const SymbolTable& symbols);
/// Whether the format can say it: it has no words for WHEN, SHARE, PER and what came with them.
[[nodiscard]] bool has_words_for(const std::vector<ir::Token>& tokens);
/// REQUIRES: a complete token sequence whose pointers `symbols` has, and has_words_for it.
[[nodiscard]] std::string output_text(const std::vector<ir::Token>& tokens,
                                      const SymbolTable& symbols);

/// Words of any text: ASCII letters (lower case) and digits, the rest divides; long ones are cut.
[[nodiscard]] std::vector<std::string> plain_words(std::string_view text);

/// Every upper-case or sign word of the format, in the order of their ids in the model's
/// vocabulary: structure first, then T…, C…, V…. The order is part of the model file.
[[nodiscard]] std::vector<std::string> special_words();

}  // namespace idi::nano_format
