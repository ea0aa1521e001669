#include "corpus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "idi/core/text.hpp"

namespace idi::lm {
namespace {

using Kind = ir::Token::Kind;

/// "C57" as a pointer; nullopt for any other word.
std::optional<Piece> pointer_of(std::string_view word) {
  if (word.size() < 2) return std::nullopt;
  Kind kind = Kind::symbol;
  if (word[0] == 'T') kind = Kind::table;
  if (word[0] == 'C') kind = Kind::column;
  if (word[0] == 'V') kind = Kind::value;
  if (kind == Kind::symbol) return std::nullopt;
  int index = 0;
  const char* const end = word.data() + word.size();
  const auto [stopped, error] = std::from_chars(word.data() + 1, end, index);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return Piece::pointer(kind, index);
}

std::vector<Piece> encode(std::string_view text, Vocabulary& vocabulary) {
  std::vector<Piece> pieces;
  for (const std::string& word : text::split(text, ' ')) {
    if (word.empty()) continue;
    if (const auto pointer = pointer_of(word)) {
      pieces.push_back(*pointer);
    } else {
      for (const int id : vocabulary.encode(word)) pieces.push_back(Piece::word(id));
    }
  }
  return pieces;
}

Result<std::ifstream> open_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return make_error(ErrorCode::not_found, fmt::format("{} cannot be read", file.string()));
  return in;
}

}  // namespace

std::size_t Block::prefix_length() const {
  std::size_t length = 1;
  for (const auto& table : tables) length += table.size();
  return length;
}

std::size_t Corpus::questions() const {
  std::size_t count = 0;
  for (const Block& block : blocks) count += block.questions.size();
  return count;
}

Result<Corpus> read_corpus(const std::filesystem::path& file, Vocabulary& vocabulary) {
  IDI_TRY(auto in, open_file(file));
  Corpus corpus;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const auto wrong = [&](std::string_view what) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("{}:{}: {}", file.string(), number, what));
    };
    if (line.empty()) return wrong("an empty line");
    if (line[0] == '@') {
      corpus.blocks.emplace_back().database = line.substr(std::min<std::size_t>(2, line.size()));
      continue;
    }
    if (corpus.blocks.empty()) return wrong("no schema before it");
    Block& block = corpus.blocks.back();
    if (line[0] == ' ') {
      block.tables.push_back(encode(line, vocabulary));
    } else if (line[0] == '?') {
      const std::size_t blank = line.find(' ');
      if (blank == std::string::npos) return wrong("a question without words");
      const std::string source = line.substr(1, blank - 1);
      auto known = std::find(corpus.sources.begin(), corpus.sources.end(), source);
      if (known == corpus.sources.end()) known = corpus.sources.insert(known, source);
      Question& question = block.questions.emplace_back();
      question.source = static_cast<int>(known - corpus.sources.begin());
      question.question = encode(std::string_view(line).substr(blank), vocabulary);
    } else if (line[0] == '=' && !block.questions.empty()) {
      block.questions.back().output = encode(std::string_view(line).substr(1), vocabulary);
    } else {
      return wrong("neither a table nor a question nor its answer");
    }
  }
  return corpus;
}

Result<std::shared_ptr<Vocabulary>> read_vocabulary(const std::filesystem::path& file) {
  IDI_TRY(auto in, open_file(file));
  return Vocabulary::parse({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
}

}  // namespace idi::lm
