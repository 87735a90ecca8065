#pragma once

#include "config/settings.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "domain/errc.hpp"
#include "storage/store.hpp"

#include <memory>

namespace polar_flow::commands {

/// The box that Polar's tokens are kept in: under `ENCRYPTION_KEY`, or under the key in
/// `key_dir`, which the first start makes. Error: invalid_argument, with a sentence for the
/// operator, when that file is missing although the (migrated) database holds tokens; a new key
/// would make all of them unreadable.
result<crypto::secret_box> open_secret_box(const security_settings& settings,
                                           const storage::connect_options& database,
                                           const std::shared_ptr<crypto::random_source>& random);

} // namespace polar_flow::commands
