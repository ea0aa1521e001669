// What a language model is asked: the text of prompts/chat.txt (instructions, schema part, question
// part) filled in. The schema part comes first and depends on the scope alone, byte for byte, so
// that the server's prompt cache serves the next question about the same tables. What comes from
// the database or from the user is data: on one line, cut, without marks of chat templates. Pure;
// any thread. Schema text in the manner of M-Schema (XiYan-SQL, arXiv 2411.08599).
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
  int max_schema_tokens = 3'000;  ///< Estimated; of the schema part without samples and comments.
};

/// Which tables and columns the prompt shows, and the cells that the question speaks of: tables the
/// best first (the grammar keeps these where it has to choose), columns in schema order. A schema
/// within the limits is shown whole (and so the schema part never changes); of a larger one what
/// the built-in parser's encoder finds most likely (recall first), with keys and the tables that
/// join them; without a parser, what the linker finds. Names that a prompt cannot hold (control
/// characters, marks of chat templates, backquotes, over 128 bytes) are left out. Empty if the
/// schema is. REQUIRES: positive limits.
[[nodiscard]] grammar::Scope choose_scope(const link::LinkedQuestion& question,
                                          const link::Linker& linker, const parser::Parser* parser,
                                          const ScopeLimits& limits = {});

/// How much is said of each table and column.
struct SchemaDetail {
  int samples = 3;              ///< Stored values shown of a column, at most.
  int max_sample_bytes = 40;    ///< Longer ones are cut.
  int max_comment_bytes = 120;  ///< 0: no comments.
};

/// Tables with their columns, types, keys, comments, a few stored values, and how they join. Names
/// are spelled as they must be in a statement of this dialect. In schema order, whatever the
/// scope's. REQUIRES: scope of this schema.
[[nodiscard]] std::string schema_text(const Schema& schema, const grammar::Scope& scope,
                                      Dialect dialect, const SchemaDetail& detail = {});

/// Tokens of a text in the vocabulary of a usual model, rather too many than too few: 0.99 to 1.35
/// times a vocabulary of 100 000 tokens with single digits (prompts of our tests, Spider's
/// schemas).
[[nodiscard]] int estimate_tokens(std::string_view text);

struct ChatPrompt {
  std::string system;  ///< Instructions and schema: stable for a scope, dialect and limit.
  std::string user;    ///< Matched values and the question.
  int estimated_tokens = 0;
};

struct WriteOptions {
  std::vector<std::string> keywords;  ///< Words to look for besides those of the question.
  /// Of system and user text together, estimated: the model's context less what it is to write.
  int max_tokens = 6'000;
};

/// The template's text, checked once.
class ChatFormat {
 public:
  /// Errors: invalid_argument (an unknown or missing placeholder or section, with the line).
  [[nodiscard]] static Result<ChatFormat> from_text(std::string_view text);
  [[nodiscard]] static const ChatFormat& standard();  ///< prompts/chat.txt, embedded.
  /// Says less of the schema (fewer samples, then shorter comments) until it fits; what is said
  /// does not depend on the question. Errors: limit_exceeded (not even the names fit, or the
  /// question is too long; says both numbers), unanswerable (an empty scope).
  [[nodiscard]] Result<ChatPrompt> write(const link::LinkedQuestion& question, const Schema& schema,
                                         const grammar::Scope& scope, Dialect dialect,
                                         const WriteOptions& options = {}) const;
  /// After a failed statement: the database's words, asking for another one.
  [[nodiscard]] std::string write_repair(std::string_view sql, std::string_view error) const;

 private:
  struct Piece {
    bool placeholder = false;
    std::string text;  ///< Words of the template, or the placeholder's name.
  };
  using Line = std::vector<Piece>;
  using Section = std::vector<Line>;
  friend class FormatReader;
  ChatFormat() = default;
  [[nodiscard]] std::string write_system(const Schema& schema, const grammar::Scope& scope,
                                         Dialect dialect, const SchemaDetail& detail) const;
  [[nodiscard]] std::string write_user(const link::LinkedQuestion& question, const Schema& schema,
                                       const grammar::Scope& scope, Dialect dialect,
                                       const std::vector<std::string>& keywords) const;

  Section system_, user_, repair_;
  std::vector<Section> notes_;  ///< By dialect.
};

/// The statement in what a model wrote: out of a code fence or after words and <think> blocks, the
/// first of several, without the semicolon. Not checked otherwise: the guard does that.
/// Errors: unanswerable (none there).
[[nodiscard]] Result<std::string> read_sql(std::string_view completion);

}  // namespace idi::prompt
