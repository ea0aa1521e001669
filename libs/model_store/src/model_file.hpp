// Whether a file is one that IDI can answer with: complete, a text model, the one it should be.
#pragma once

#include <filesystem>

#include "idi/gguf/gguf.hpp"
#include "idi/model_store/catalogue.hpp"

namespace idi::model_store {

/// Errors: as read_header; not_supported (an embedder, an adapter, a part of a split model).
[[nodiscard]] Result<gguf::ModelFacts> check_model(const std::filesystem::path& file);

/// Whether the file is the model that the entry names. Errors: unreadable.
[[nodiscard]] Status check_is(const CatalogueEntry& entry, const gguf::ModelFacts& facts);

/// Whether `adapter` is a LoRA adapter for `model`. Errors: as read_header; not_supported.
[[nodiscard]] Status check_adapter(const std::filesystem::path& adapter,
                                   const std::filesystem::path& model);

/// What the file says of how it wants to be spoken to.
[[nodiscard]] PromptFormat format_of(const gguf::Header& header);

}  // namespace idi::model_store
