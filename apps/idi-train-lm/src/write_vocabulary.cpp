// Learns the pieces of words from training pairs, with SentencePiece, as the text file that
// idi-train-lm reads: idi-lm-vocabulary PAIRS OUT [PIECES]
#include <fmt/format.h>
#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr int standard_pieces = 2800;
constexpr std::size_t question_step = 8;

class Texts : public sentencepiece::SentenceIterator {
 public:
  explicit Texts(const std::vector<std::string>& texts) : texts_(texts) {}
  bool done() const override { return next_ >= texts_.size(); }
  void Next() override { ++next_; }
  const std::string& value() const override { return texts_[next_]; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  const std::vector<std::string>& texts_;
  std::size_t next_ = 0;
};

/// The words of a line, without the format's symbols.
std::string plain_part(const std::string& line) {
  std::string kept, word;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    if (i < line.size() && line[i] != ' ') {
      word += line[i];
      continue;
    }
    const char first = word.empty() ? 'A' : word[0];
    if ((first >= 'a' && first <= 'z') || (first >= '0' && first <= '9')) {
      kept += (kept.empty() ? "" : " ") + word;
    }
    word.clear();
  }
  return kept;
}

/// All tables' names, every so many questions.
std::vector<std::string> read_texts(std::ifstream& in) {
  std::vector<std::string> texts;
  std::string line;
  for (std::size_t number = 0; std::getline(in, line); ++number) {
    const std::size_t blank = line.find(' ');
    if (line.empty() || blank == std::string::npos) continue;
    if (line[0] == ' ' || (line[0] == '?' && number % question_step == 0)) {
      texts.push_back(plain_part(line.substr(blank)));
    }
  }
  return texts;
}

void write(const sentencepiece::SentencePieceProcessor& pieces, std::ostream& out) {
  for (int id = 0; id < pieces.GetPieceSize(); ++id) {
    const int type = pieces.IsUnknown(id)   ? 2
                     : pieces.IsControl(id) ? 3
                     : pieces.IsByte(id)    ? 6
                                            : 1;
    out << fmt::format("{} {} {}\n", type, pieces.GetScore(id), pieces.IdToPiece(id));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: idi-lm-vocabulary PAIRS OUT [PIECES]\n";
    return 2;
  }
  std::ifstream in(argv[1]);
  if (!in) {
    std::cerr << argv[1] << " cannot be read\n";
    return 1;
  }
  const std::vector<std::string> texts = read_texts(in);
  Texts iterator(texts);
  std::string model;
  auto status = sentencepiece::SentencePieceTrainer::Train(
      fmt::format("--model_type=bpe --vocab_size={} --byte_fallback=true --character_coverage=1.0 "
                  "--normalization_rule_name=identity --remove_extra_whitespaces=false "
                  "--split_digits=true --minloglevel=1",
                  argc > 3 ? std::atoi(argv[3]) : standard_pieces),
      &iterator, &model);
  sentencepiece::SentencePieceProcessor pieces;
  if (status.ok()) status = pieces.LoadFromSerializedProto(model);
  if (!status.ok()) {
    std::cerr << status.ToString() << '\n';
    return 1;
  }
  std::ofstream out(argv[2]);
  write(pieces, out);
  out.close();
  if (!out) {
    std::cerr << argv[2] << " cannot be written\n";
    return 1;
  }
  return 0;
}
