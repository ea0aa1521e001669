#include <fmt/format.h>

#include <utility>

#include "idi/core/text.hpp"
#include "idi/eval/predictor.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

constexpr std::uintmax_t max_prediction_file_bytes = std::uintmax_t{1} << 30;

class FilePredictor final : public Predictor {
 public:
  FilePredictor(std::vector<std::string> lines, std::string identity)
      : lines_(std::move(lines)), identity_(std::move(identity)) {}

  Result<Prediction> predict(const Ask& ask, std::stop_token) override {
    if (ask.index >= lines_.size()) {
      return make_error(ErrorCode::invalid_argument, "there is no prediction for this question");
    }
    Prediction prediction;
    prediction.sql = lines_[ask.index];
    return prediction;
  }
  std::string identity() const override { return identity_; }
  bool is_timed() const override { return false; }

 private:
  const std::vector<std::string> lines_;
  const std::string identity_;
};

std::vector<std::string> answers_of(std::string_view content) {
  std::vector<std::string> answers;
  while (!content.empty()) {
    const std::size_t end = content.find('\n');
    const std::string_view line = content.substr(0, end);
    answers.push_back(text::to_valid_utf8(text::trim(line.substr(0, line.find('\t')))));
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
  }
  return answers;
}

}  // namespace

Result<std::unique_ptr<Predictor>> open_file_predictor(const std::filesystem::path& file,
                                                       std::size_t question_count) {
  IDI_TRY(const std::string content, read_file(file, max_prediction_file_bytes));
  std::vector<std::string> answers = answers_of(content);
  // Lines left empty at the end say nothing: the file may simply end with some.
  while (answers.size() > question_count && answers.back().empty()) answers.pop_back();
  if (answers.size() != question_count) {
    return make_error(
        ErrorCode::invalid_argument,
        fmt::format("{} has {} predictions for {} questions", file.string(), answers.size(),
                    question_count),
        "one line for each question of the whole file, in its order; an empty line is no answer");
  }
  std::string identity = "file " + hex_hash(content);
  return std::unique_ptr<Predictor>(
      std::make_unique<FilePredictor>(std::move(answers), std::move(identity)));
}

}  // namespace idi::eval
