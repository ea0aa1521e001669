#include "vocabulary.hpp"

#include <fmt/format.h>

#include <limits>
#include <sstream>

#include "idi/core/text.hpp"
#include "idi/nano_format/nano_format.hpp"

namespace idi::lm {
namespace {

constexpr std::string_view word_mark = "\xE2\x96\x81";  // SentencePiece's blank before a word

/// Bytes of the UTF-8 character that begins so.
std::size_t character_bytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0xC0) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

Result<std::shared_ptr<Vocabulary>> Vocabulary::parse(std::string lines) {
  auto vocabulary = std::make_shared<Vocabulary>();
  std::istringstream in(lines);
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    Entry entry;
    if (!(fields >> entry.type >> entry.score >> entry.text)) {
      return make_error(ErrorCode::unreadable, fmt::format("line {} of the vocabulary is no piece",
                                                           vocabulary->entries_.size() + 1));
    }
    vocabulary->ids_.emplace(entry.text, vocabulary->size());
    vocabulary->entries_.push_back(std::move(entry));
  }
  if (vocabulary->size() <= eos_id) {
    return make_error(ErrorCode::unreadable, "the vocabulary is empty");
  }
  for (std::string& word : nano_format::special_words()) {
    // llama.cpp finds user-defined pieces in the raw text: a blank, not SentencePiece's mark of it.
    vocabulary->entries_.push_back({' ' + word, 0, 4});
    vocabulary->specials_.emplace(std::move(word), vocabulary->size() - 1);
  }
  vocabulary->lines_ = std::move(lines);
  return vocabulary;
}

int Vocabulary::special(std::string_view word) const {
  const auto found = specials_.find(std::string(word));
  return found == specials_.end() ? -1 : found->second;
}

std::vector<int> Vocabulary::encode(std::string_view text) {
  std::vector<int> ids;
  for (const std::string& word : text::split(text, ' ')) {
    if (word.empty()) continue;
    if (const int id = special(word); id >= 0) {
      ids.push_back(id);
      continue;
    }
    const auto [entry, is_new] = cache_.try_emplace(word);
    if (is_new) entry->second = encode_word(word);
    ids.insert(ids.end(), entry->second.begin(), entry->second.end());
  }
  return ids;
}

// The pair whose union has the highest score is united first, the leftmost of equals.
std::vector<int> Vocabulary::encode_word(const std::string& word) const {
  const std::string marked = std::string(word_mark) + word;
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < marked.size(); at += parts.back().size()) {
    parts.push_back(marked.substr(at, character_bytes(marked[at])));
  }
  for (;;) {
    std::size_t best = 0;
    float best_score = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const auto found = ids_.find(parts[i] + parts[i + 1]);
      if (found == ids_.end()) continue;
      const float score = entries_[static_cast<std::size_t>(found->second)].score;
      if (score > best_score) {
        best = i;
        best_score = score;
      }
    }
    if (best_score == -std::numeric_limits<float>::infinity()) break;
    parts[best] += parts[best + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  }
  std::vector<int> ids;
  for (const std::string& part : parts) {
    if (const auto found = ids_.find(part); found != ids_.end()) {
      ids.push_back(found->second);
      continue;
    }
    for (const char byte : part) {
      const auto known = ids_.find(fmt::format("<0x{:02X}>", static_cast<unsigned char>(byte)));
      ids.push_back(known == ids_.end() ? unknown_id : known->second);
    }
  }
  return ids;
}

}  // namespace idi::lm
