import { expandPreset } from '@/lib/access/presets'
import * as call from '@/prisma/seed/calls'
import type { DemoOrganization } from '@/prisma/seed/demo-organization'

/** An organization with a strict policy, made strict only lately: it shows what a policy does to older tokens. */
export const GLOBEX: DemoOrganization = {
  slug: 'globex',
  name: 'Globex Logistics',
  createdAgo: 290,
  policy: { maxLifetimeDays: 180, expiryRequired: true, bearerMinting: false, changedAgo: 18 },
  people: [
    {
      email: 'omar@globex.example',
      displayName: 'Omar Haddad',
      role: 'ADMIN',
      joinedAgo: 290,
      activeAgo: 0.4,
    },
    {
      email: 'chiara@globex.example',
      displayName: 'Chiara Rossi',
      role: 'FINANCE',
      joinedAgo: 230,
      activeAgo: 3,
    },
    {
      email: 'noah@globex.example',
      displayName: 'Noah Fischer',
      role: 'MEMBER',
      joinedAgo: 200,
      activeAgo: 0.9,
    },
    // The same person as in Acme Robotics, with less to say here.
    {
      email: 'ada@acme.example',
      displayName: 'Ada Lindqvist',
      role: 'MEMBER',
      joinedAgo: 60,
      activeAgo: 5,
    },
  ],
  serviceAccounts: [
    {
      name: 'route-planner',
      description: 'Plans the tours of the night shift.',
      scopes: ['agents:execute', 'traces:write'],
      createdBy: 'omar@globex.example',
      createdAgo: 140,
    },
  ],
  tokens: [
    {
      name: 'warehouse-etl',
      owner: 'omar@globex.example',
      scopes: ['datasets:read', 'datasets:write'],
      createdAgo: 30,
      expiresIn: 60,
      traffic: {
        callsPerDay: 24,
        hours: 'night',
        userAgent: 'Airflow/2.10.4',
        ip: '192.0.2.61',
        calls: [call.READ_DATASET],
      },
    },
    {
      name: 'forever-script',
      owner: 'noah@globex.example',
      scopes: expandPreset('runner'),
      createdAgo: 100,
      expiresIn: null,
    },
    {
      name: 'carrier-migration',
      owner: 'omar@globex.example',
      scopes: expandPreset('builder'),
      createdAgo: 205,
      expiresIn: 160,
    },
    {
      name: 'tour-viewer',
      owner: 'ada@acme.example',
      scopes: ['agents:read', 'executions:read'],
      createdAgo: 45,
      expiresIn: 45,
    },
    {
      name: 'First token',
      owner: 'route-planner',
      mintedBy: 'omar@globex.example',
      scopes: ['agents:execute', 'traces:write'],
      createdAgo: 140,
      expiresIn: 25,
      rotatedAgo: [50],
      traffic: {
        callsPerDay: 90,
        hours: 'night',
        userAgent: 'globex-router/7',
        ip: '192.0.2.14',
        calls: [call.EXECUTE_AGENT, call.WRITE_TRACES],
        failuresPerMille: 12,
      },
    },
  ],
}
