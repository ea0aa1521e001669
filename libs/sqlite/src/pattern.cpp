#include "pattern.hpp"

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::sqlite {
namespace {

constexpr int steps_between_checks = 4096;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// By code point: for valid UTF-8 the order of the bytes is the order of the code points.
bool in_range(std::string_view character, std::string_view low, std::string_view high) {
  return character >= low && character <= high;
}

std::string_view take(std::string_view& text) {
  const std::string_view character = first_character(text);
  text.remove_prefix(character.size());
  return character;
}

}  // namespace

std::string_view first_character(std::string_view text) {
  if (text.empty()) return {};
  std::size_t size = 1;
  if (static_cast<unsigned char>(text[0]) >= 0xC0U) {
    while (size < text.size() && continues(text[size])) ++size;
  }
  return text.substr(0, size);
}

std::string_view last_character(std::string_view text) {
  if (text.empty()) return {};
  std::size_t start = text.size() - 1;
  while (start > 0 && continues(text[start])) --start;
  return text.substr(start);
}

Pattern Pattern::like(std::string_view text, std::string_view escape) {
  Pattern pattern;
  pattern.folds_case_ = true;
  pattern.source_ = text;
  std::string_view rest = pattern.source_;
  while (!rest.empty()) {
    Piece piece;
    piece.character = take(rest);
    if (!escape.empty() && piece.character == escape) {
      // At the end of the pattern there is nothing to escape: no text matches.
      piece.kind = rest.empty() ? Piece::Kind::never : Piece::Kind::literal;
      piece.character = take(rest);
    } else if (piece.character == "%") {
      piece.kind = Piece::Kind::any_run;
    } else if (piece.character == "_") {
      piece.kind = Piece::Kind::any_one;
    }
    pattern.pieces_.push_back(std::move(piece));
  }
  return pattern;
}

Pattern Pattern::glob(std::string_view text) {
  Pattern pattern;
  pattern.source_ = text;
  std::string_view rest = pattern.source_;
  while (!rest.empty()) {
    Piece piece;
    piece.character = take(rest);
    if (piece.character == "*") {
      piece.kind = Piece::Kind::any_run;
    } else if (piece.character == "?") {
      piece.kind = Piece::Kind::any_one;
    } else if (piece.character == "[") {
      piece.kind = Piece::Kind::set;
      if (rest.starts_with('^')) {
        piece.inverted = true;
        take(rest);
      }
      bool first = true;
      bool closed = false;
      while (!rest.empty()) {
        const std::string_view low = take(rest);
        if (low == "]" && !first) {
          closed = true;
          break;
        }
        // "a-z", but "a-]" ends in a hyphen that means itself, and a leading "]" starts no range.
        if (!(std::exchange(first, false) && low == "]") && rest.size() >= 2 && rest[0] == '-' &&
            rest[1] != ']') {
          take(rest);
          piece.ranges.emplace_back(low, take(rest));
        } else {
          piece.ranges.emplace_back(low, low);
        }
      }
      if (!closed) piece.kind = Piece::Kind::never;
    }
    pattern.pieces_.push_back(std::move(piece));
  }
  return pattern;
}

bool Pattern::accepts(const Piece& piece, std::string_view character) const {
  switch (piece.kind) {
    case Piece::Kind::any_one:
      return true;
    case Piece::Kind::literal:
      return character == piece.character ||
             (folds_case_ && text::equals_ignoring_ascii_case(character, piece.character));
    case Piece::Kind::set: {
      const bool inside = std::any_of(
          piece.ranges.begin(), piece.ranges.end(),
          [&](const auto& range) { return in_range(character, range.first, range.second); });
      return inside != piece.inverted;
    }
    case Piece::Kind::any_run:
    case Piece::Kind::never:
      break;
  }
  return false;
}

// Going back only to the last run of anything is enough: what an earlier run could take, the last
// one can take as well.
std::optional<bool> Pattern::matches(std::string_view text,
                                     const std::function<bool()>& should_stop) const {
  std::size_t piece = 0;
  std::optional<std::size_t> run;    // The piece after the last any_run.
  std::string_view run_text = text;  // Where that run ends for now.
  std::string_view rest = text;
  int steps = 0;
  for (;;) {
    if (++steps == steps_between_checks) {
      if (should_stop()) return std::nullopt;
      steps = 0;
    }
    if (piece < pieces_.size() && pieces_[piece].kind == Piece::Kind::any_run) {
      run = ++piece;
      run_text = rest;
      continue;
    }
    if (rest.empty() && piece == pieces_.size()) return true;
    const std::string_view character = first_character(rest);
    if (piece < pieces_.size() && !character.empty() && accepts(pieces_[piece], character)) {
      ++piece;
      rest.remove_prefix(character.size());
      continue;
    }
    if (!run || run_text.empty()) return false;
    run_text.remove_prefix(first_character(run_text).size());
    rest = run_text;
    piece = *run;
  }
}

}  // namespace idi::sqlite
