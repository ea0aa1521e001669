// One network of a weights file that may hold several. Member 0 has the plain names, member k the
// prefix "member.k."; the text "members" says how many there are (absent: one). What all share
// (vocabulary, featurizer version, selector) has plain names.
#pragma once

#include <memory>
#include <string>

#include "idi/model_io/tensor_file.hpp"

namespace idi::parser {

inline constexpr int max_members = 8;

/// "" for 0, "member.1." for 1, …
[[nodiscard]] std::string member_prefix(int member);
/// Throws FormatError (corrupt) where the number makes no sense.
[[nodiscard]] int member_count(const model_io::TensorFile& file);
/// A view of one member under plain names; texts that it has not itself are the file's.
[[nodiscard]] std::shared_ptr<const model_io::TensorFile> member_of(
    std::shared_ptr<const model_io::TensorFile> file, int member);

}  // namespace idi::parser
