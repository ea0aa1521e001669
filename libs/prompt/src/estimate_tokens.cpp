#include <string_view>

#include "idi/prompt/chat_prompt.hpp"

namespace idi::prompt {

namespace {

enum class Run { none, letters, signs };

/// Vocabularies of 100 000 tokens and more have most short words whole.
int tokens_of(Run run, int length) {
  constexpr int word = 6;
  constexpr int part = 4;
  if (run == Run::letters) return length <= word ? 1 : 1 + (length - word + part - 1) / part;
  return run == Run::signs ? (length + 1) / 2 : 0;
}

}  // namespace

int estimate_tokens(std::string_view text) {
  int tokens = 0;
  Run run = Run::none;
  int length = 0;
  const auto go_to = [&](Run next) {
    if (next == run && run != Run::none) {
      ++length;
      return;
    }
    tokens += tokens_of(run, length);
    run = next;
    length = 1;
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      go_to(Run::none);
      // By the first byte: accents are one token, Chinese and emoji up to two or three.
      tokens += byte < 0xC0 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      go_to(Run::letters);
    } else if (c >= '0' && c <= '9') {
      go_to(Run::none);
      ++tokens;  // Some vocabularies take digits one by one.
    } else {
      // A blank belongs to the word after it.
      go_to(c == ' ' ? Run::none : Run::signs);
    }
  }
  return tokens + tokens_of(run, length);
}

}  // namespace idi::prompt
