// Training pairs as written by idi-lm-pairs, encoded once; pointers keep the schema's own indices
// until a batch draws symbols for them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "vocabulary.hpp"

namespace idi::lm {

/// An id of the vocabulary, or a pointer that has no symbol yet.
class Piece {
 public:
  static Piece word(int id) { return Piece(id); }
  static Piece pointer(ir::Token::Kind kind, int index) {
    return Piece(-1 - ((static_cast<int>(kind) << 20) | index));
  }
  [[nodiscard]] bool is_pointer() const { return code_ < 0; }
  [[nodiscard]] int id() const { return code_; }
  [[nodiscard]] ir::Token::Kind kind() const {
    return static_cast<ir::Token::Kind>((-1 - code_) >> 20);
  }
  [[nodiscard]] int index() const { return (-1 - code_) & ((1 << 20) - 1); }

 private:
  explicit Piece(int code) : code_(code) {}
  std::int32_t code_;
};

struct Question {
  int source = 0;
  std::vector<Piece> question, output;  ///< The output without the end.
};

/// Questions that share what they show of a schema.
struct Block {
  std::string database;
  std::vector<std::vector<Piece>> tables;
  std::vector<Question> questions;
  [[nodiscard]] std::size_t prefix_length() const;
};

struct Corpus {
  std::vector<std::string> sources;
  std::vector<Block> blocks;
  [[nodiscard]] std::size_t questions() const;
};

/// Errors: not_found, invalid_argument (with the line's number).
[[nodiscard]] Result<Corpus> read_corpus(const std::filesystem::path& file, Vocabulary& vocabulary);

/// Errors: not_found, unreadable.
[[nodiscard]] Result<std::shared_ptr<Vocabulary>> read_vocabulary(
    const std::filesystem::path& file);

}  // namespace idi::lm
