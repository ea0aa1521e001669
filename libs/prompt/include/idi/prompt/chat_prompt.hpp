// What a language model is asked: the text of prompts/chat.txt (instructions, schema part, question
// part) filled in. The schema part comes first and depends on the scope alone, byte for byte, so
// that the server's prompt cache serves the next question about the same tables. Pure; any thread.
// Schema text in the manner of M-Schema (XiYan-SQL, arXiv 2411.08599).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/grammar/sql_grammar.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/linker.hpp"
#include "idi/parser/parser.hpp"

namespace idi::prompt {

struct ScopeLimits {
  int max_tables = 12;
  int max_columns = 120;
};

/// Which tables and columns the prompt shows. A schema within the limits is shown whole (and so the
/// schema part never changes); of a larger one what the built-in parser's encoder finds most likely
/// (recall first), with keys and the tables that join them.
[[nodiscard]] grammar::Scope choose_scope(const link::LinkedQuestion& question,
                                          const link::Linker& linker, const parser::Parser* parser,
                                          const ScopeLimits& limits);

/// A few stored values of every column in the scope; cells are data: quoted, one line, cut.
[[nodiscard]] std::string schema_text(const Schema& schema, const grammar::Scope& scope);

struct ChatPrompt {
  std::string system;  ///< Instructions and schema: stable for a scope and dialect.
  std::string user;    ///< Matched values and the question.
};

/// The template's text, checked once.
class ChatFormat {
 public:
  /// Errors: invalid_argument (an unknown or missing placeholder, with the line).
  [[nodiscard]] static Result<ChatFormat> from_text(std::string_view text);
  [[nodiscard]] static const ChatFormat& standard();  ///< prompts/chat.txt, embedded.
  [[nodiscard]] ChatPrompt write(const link::LinkedQuestion& question, const Schema& schema,
                                 const grammar::Scope& scope, Dialect dialect) const;
  /// After a failed statement: the database's words, asking for another one.
  [[nodiscard]] std::string write_repair(std::string_view sql, std::string_view error) const;

 private:
  std::vector<std::string> parts_;
};

/// The statement in what a model wrote: out of a code fence or after words, without the semicolon.
/// Errors: unanswerable (none there).
[[nodiscard]] Result<std::string> read_sql(std::string_view completion);

}  // namespace idi::prompt
