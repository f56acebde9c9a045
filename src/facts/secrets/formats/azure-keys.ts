import type { TokenFormat } from '../token-format.ts';

/**
 * Azure's keys that can be told by a mark in them and by where it stands: the mark is followed by a checksum. One row a
 * format; `docs` is where its vendor documents it.
 */
export const formats: readonly TokenFormat[] = [
  {
    id: 'azure-functions-key',
    provider: 'Azure',
    what: 'key of a function',
    word: 'AzFu',
    shape: /[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-function-master-api-key',
  },
  {
    id: 'azure-search-key',
    provider: 'Azure',
    what: 'key of a search service',
    word: 'AzSe',
    shape: /[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-cognitive-search-api-key',
  },
  {
    id: 'azure-container-registry-key',
    provider: 'Azure',
    what: 'key of a container registry',
    word: '+ACR',
    shape: /[A-Za-z0-9+/]{42}\+ACR[A-D][A-Za-z0-9+/]{5}/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-container-registry-access-key',
  },
  {
    id: 'azure-cosmos-db-key',
    provider: 'Azure',
    what: 'key of a Cosmos DB account',
    word: 'ACDb',
    shape: /[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{5}[AQgw]==/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-cosmos-db-account-access-key',
  },
  {
    id: 'azure-storage-key',
    provider: 'Azure',
    what: 'key of a storage account',
    word: '+ASt',
    shape: /[A-Za-z0-9+/]{76}\+ASt[A-Za-z0-9+/]{5}[AQgw]==/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-storage-account-key',
  },
  {
    id: 'azure-batch-key',
    provider: 'Azure',
    what: 'key of a batch account',
    word: '+ABa',
    shape: /[A-Za-z0-9+/]{76}\+ABa[A-Za-z0-9+/]{5}[AQgw]==/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-batch-shared-access-key',
  },
  {
    id: 'azure-api-management-key',
    provider: 'Azure',
    what: 'key of an API management',
    word: 'APIM',
    shape: /[A-Za-z0-9+/]{76}APIM[A-Za-z0-9+/]{5}[AQgw]==/,
    docs: 'https://learn.microsoft.com/azure/api-management',
  },
  {
    id: 'azure-service-bus-key',
    provider: 'Azure',
    what: 'key of a service bus',
    word: '+ASb',
    shape: /[A-Za-z0-9+/]{33}\+ASb[A-P][A-Za-z0-9+/]{5}=/,
    docs: 'https://learn.microsoft.com/purview/sit-defn-azure-service-bus-shared-access-signature',
  },
  {
    id: 'azure-event-hub-key',
    provider: 'Azure',
    what: 'key of an event hub',
    word: '+AEh',
    shape: /[A-Za-z0-9+/]{33}\+AEh[A-P][A-Za-z0-9+/]{5}=/,
    docs: 'https://learn.microsoft.com/azure/event-hubs',
  },
  {
    id: 'azure-iot-hub-key',
    provider: 'Azure',
    what: 'key of an IoT hub',
    word: 'AIoT',
    shape: /[A-Za-z0-9+/]{33}AIoT[A-P][A-Za-z0-9+/]{5}=/,
    docs: 'https://learn.microsoft.com/azure/iot-hub',
  },
];
