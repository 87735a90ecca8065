#pragma once

#include "crypto/random.hpp"
#include "domain/errc.hpp"

#include <filesystem>
#include <string>

namespace polar_flow::crypto {

/// The Fernet key in `file`. When there is no such file, it is created with a new key (mode 0600,
/// in a folder of mode 0700 if that is missing too); of several processes that do this at
/// once, all return the same key. Error: invalid_argument, with a sentence that names the file
/// and says what to do; among others when somebody else may read the file.
result<std::string> load_or_create_key_file(const std::filesystem::path& file,
                                            random_source& random);

} // namespace polar_flow::crypto
