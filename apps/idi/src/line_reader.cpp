#include "line_reader.hpp"

#include <histedit.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <string_view>
#include <utility>

#include "output.hpp"

namespace idi::cli {
namespace {

class PlainReader final : public LineReader {
 public:
  std::optional<std::string> next() override {
    std::string line;
    int c = 0;
    while ((c = std::getc(stdin)) != EOF && c != '\n') {
      if (line.size() < max_line_bytes) line += static_cast<char>(c);
    }
    if (c == EOF && line.empty()) return std::nullopt;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
  }
  bool is_interactive() const override { return false; }
};

/// libedit. Ctrl-C arrives as a key (no signal while editing) and drops the line.
class EditingReader final : public LineReader {
 public:
  EditingReader(std::string prompt, std::filesystem::path file)
      : prompt_(std::move(prompt)), file_(std::move(file)), history_(history_init()) {
    HistEvent event;
    ::history(history_, &event, H_SETSIZE, 1000);
    ::history(history_, &event, H_SETUNIQUE, 1);
    if (!file_.empty()) ::history(history_, &event, H_LOAD, file_.c_str());
    editor_ = el_init("idi", stdin, stdout, stderr);
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_PROMPT, &EditingReader::prompt_of);
    el_set(editor_, EL_HIST, ::history, history_);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_ADDFN, "drop-line", "Drops the line", &EditingReader::drop_line);
    el_source(editor_, nullptr);  // the user's ~/.editrc
    el_set(editor_, EL_SETTY, "-d", "-isig", nullptr);
    el_set(editor_, EL_BIND, "^C", "drop-line", nullptr);
    el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }
  ~EditingReader() override {
    el_end(editor_);
    history_end(history_);
  }
  EditingReader(const EditingReader&) = delete;
  EditingReader& operator=(const EditingReader&) = delete;

  std::optional<std::string> next() override {
    dropped_ = false;
    int count = 0;
    const char* text = el_gets(editor_, &count);
    if (!text || count <= 0) return std::nullopt;
    if (dropped_) return std::string();
    std::string line(text, static_cast<std::size_t>(count));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (line.size() > max_line_bytes) line.resize(max_line_bytes);
    remember(line);
    return line;
  }
  bool is_interactive() const override { return true; }

 private:
  void remember(const std::string& line) {
    if (line.find_first_not_of(" \t") == std::string::npos) return;
    HistEvent event;
    ::history(history_, &event, H_ENTER, (line + "\n").c_str());
    if (file_.empty()) return;
    // Questions may be private: nobody else reads the file.
    const mode_t before = ::umask(0077);
    const int saved = ::history(history_, &event, H_SAVE, file_.c_str());
    ::umask(before);
    if (saved >= 0) return;
    print_warning("the history cannot be kept in " + file_.string());
    file_.clear();
  }

  static EditingReader& self(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<EditingReader*>(data);
  }
  static char* prompt_of(EditLine* editor) { return self(editor).prompt_.data(); }
  static unsigned char drop_line(EditLine* editor, int) {
    const LineInfo* line = el_line(editor);
    el_cursor(editor, static_cast<int>(line->lastchar - line->cursor));
    el_deletestr(editor, static_cast<int>(line->lastchar - line->buffer));
    self(editor).dropped_ = true;
    std::fputs("^C", stdout);
    return CC_NEWLINE;
  }

  std::string prompt_;
  std::filesystem::path file_;
  History* history_;
  EditLine* editor_ = nullptr;
  bool dropped_ = false;
};

}  // namespace

std::unique_ptr<LineReader> LineReader::open(std::string prompt,
                                             const std::filesystem::path& history) {
  if (!traits_of(STDIN_FILENO).is_terminal || !traits_of(STDOUT_FILENO).can_redraw) {
    return std::make_unique<PlainReader>();
  }
  // libedit reads wide characters by the locale; questions are UTF-8 wherever possible.
  const char* locale = std::setlocale(LC_CTYPE, "");
  if (!locale || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  return std::make_unique<EditingReader>(std::move(prompt), history);
}

}  // namespace idi::cli
