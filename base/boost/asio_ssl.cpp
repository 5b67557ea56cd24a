// Asio's SSL part, compiled here once.
#include <boost/asio/ssl/impl/src.hpp>
